import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findLinks } from "../../pipeline/1-parse/links.ts";

const evidence = (text: string) => findLinks(text, "abstract").map((link) => link.evidence);

describe("a link", () => {
  test("is given with its address as written, its normal form, its target, its relation and its place", () => {
    expect(findLinks("Stones move. Our code is at github.com/Ada/Stones.git.", "abstract")).toEqual([
      {
        url_as_written: "github.com/Ada/Stones.git",
        url: "https://github.com/Ada/Stones.git",
        target: { type: "repository", host: "github.com", owner: "Ada", name: "Stones" },
        evidence: "Our code is at github.com/Ada/Stones.git.",
        evidence_field: "abstract",
        evidence_start: 13,
        evidence_end: 54,
        relation: "own_code",
        rule: "own_availability",
      },
    ]);
  });

  test("is found in a title too, and says so", () => {
    const [link] = findLinks("Stones (https://ada.github.io)", "title");
    expect(link).toMatchObject({
      evidence_field: "title",
      target: { type: "page", kind: "project_page" },
      evidence: "Stones (https://ada.github.io)",
    });
  });

  test("is not found where there is none", () => {
    expect(findLinks("Stones have no address.", "abstract")).toEqual([]);
    expect(findLinks("", "title")).toEqual([]);
  });

  test("is judged by its own sentence: what the sentence before offers is not it", () => {
    const [first, second] = findLinks(
      "Our code is available at https://github.com/ada/stones. Bridges are at https://github.com/eve/bridges.",
      "abstract",
    );
    expect(first?.rule).toBe("own_availability");
    expect(second?.rule).toBe("no_rule");
  });

  test("is judged by the words behind it too", () => {
    const [first, second] = findLinks(
      "See https://github.com/ada/stones for code. The code is at https://github.com/eve/bridges (Eve et al., 2020).",
      "abstract",
    );
    expect(first?.rule).toBe("own_availability");
    expect(second?.rule).toBe("mentions_others");
  });

  test("keeps the relation of its sentence where a question or an exclamation ends the one before", () => {
    for (const mark of ["?", "!", '."', ".)"]) {
      const [link] = findLinks(`Is it our code${mark} See https://github.com/ada/stones`, "abstract");
      expect(link?.rule, mark).toBe("no_rule");
    }
  });
});

describe("the evidence", () => {
  test("begins with the link's sentence and ends with it", () => {
    expect(evidence("Stones move. They are at https://ada.github.io today. Birds fly.")).toEqual([
      "They are at https://ada.github.io today.",
    ]);
  });

  test("begins at a whole word at most a hundred characters before the link", () => {
    const [words = ""] = evidence(`${"pebble ".repeat(40)}https://ada.github.io and more`);
    expect(words).toMatch(/^(?:pebble )+https:\/\/ada\.github\.io/u);
    expect(words.indexOf("https")).toBeLessThanOrEqual(100);
    expect(words.indexOf("https")).toBeGreaterThan(90);
  });

  test("is the link alone where a single long word stands before it", () => {
    expect(evidence(`${"x".repeat(200)}=https://ada.github.io`)).toEqual(["https://ada.github.io"]);
  });

  test("ends at a whole word at most thirty characters after the link", () => {
    expect(evidence("See https://ada.github.io for all of the pebbles and the sand that we saw")).toEqual([
      "See https://ada.github.io for all of the pebbles and",
    ]);
  });

  test("reaches to the end of a text that ends soon after the link", () => {
    expect(evidence("See https://ada.github.io for pebbles")).toEqual([
      "See https://ada.github.io for pebbles",
    ]);
  });

  test("does not end at a full stop inside a number or a name", () => {
    expect(evidence("See https://ada.github.io v1.5 of it. More.")).toEqual([
      "See https://ada.github.io v1.5 of it.",
    ]);
  });

  test("does not end there either where the number is cut off", () => {
    const text = `See https://ada.github.io ${"x".repeat(25)} v1.5 and more words that follow it`;
    expect(evidence(text)).toEqual([`See https://ada.github.io ${"x".repeat(25)}`]);
  });

  test("counts its place in code points, so that an emoji before it counts once", () => {
    const [link] = findLinks("😀😀. See https://ada.github.io", "abstract");
    expect(link).toMatchObject({
      evidence: "See https://ada.github.io",
      evidence_start: 4,
      evidence_end: 29,
    });
  });
});

describe("in any text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(
      "https://github.com/ada/stones",
      "ada.github.io",
      "https://example.org/😀/a",
      "url{https://a.example}",
    ),
    fc.constantFrom(
      "😀",
      "𝐍𝐞𝐭𝐬",
      ". ",
      "? ",
      " ",
      "Stones",
      "v1.5",
      "😀 Our code is at ",
      "x".repeat(90),
      "。",
    ),
  );
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));

  test("the evidence is what stands between its two places, counted in code points, and holds the link", () => {
    fc.assert(
      fc.property(text, (any) => {
        const points = [...any];
        for (const link of findLinks(any, "abstract")) {
          expect(points.slice(link.evidence_start, link.evidence_end).join("")).toBe(link.evidence);
          expect(link.evidence).toContain(link.url_as_written);
          expect(link.evidence_start).toBeGreaterThanOrEqual(0);
          expect(link.evidence_end).toBeLessThanOrEqual(points.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("links do not depend on what stands in sentences long before and after", () => {
    const sentence = "Our code is at https://github.com/ada/stones today.";
    const filler = "A quiet river carries stones and sand and leaves. ".repeat(6);
    const pick = (any: string) =>
      findLinks(any, "abstract").map(({ evidence, rule }) => ({ evidence, rule }));
    expect(pick(`${filler}${sentence} ${filler}`)).toEqual(pick(sentence));
  });
});
