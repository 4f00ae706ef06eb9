import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlPage } from "../../../pipeline/1-parse/formats/html-page.ts";
import {
  anyPage,
  CARD,
  card,
  daily,
  dataOf,
  escaped,
  kindsIn,
  OTHER,
  PAPER,
  papersIn,
  readPage,
} from "../html/pages.ts";
import { expectSameInAnyPieces } from "../layout-laws.ts";
import { ABSTRACT, cutAnywhere, OTHER_TITLE, ownersOf, TITLE } from "../layouts.ts";

describe("the data that a page carries for its scripts", () => {
  test("is read as the API's answers are, all its papers on the lines of the tag", () => {
    const page = `<!doctype html>\n<body>\n<div data-props="${escaped(JSON.stringify(daily(PAPER, OTHER)))}"\n data-target='DailyPapers'>\n</div>`;
    const [paper, other] = papersIn(page);
    expect(paper).toEqual({
      kind: "paper",
      title: TITLE,
      abstract: ABSTRACT,
      facts: expect.objectContaining({
        id: "2603.00001",
        arxiv_id: "2603.00001",
        authors: ["Ada Quill"],
        published_on: "2026-03-12",
        url: "https://huggingface.co/papers/2603.00001",
        upvotes: 7,
        comments: 2,
        links: [{ url: "https://github.com/ada/stones", rule: "stated_by_site" }],
      }),
      capturedLabel: null,
      issues: [],
      lineStart: 3,
      lineEnd: 4,
    });
    expect(other).toMatchObject({ title: OTHER_TITLE, lineStart: 3, lineEnd: 4 });
  });

  test("stands for the cards that show the same papers, and a card that shows another is a paper of its own", () => {
    const page = `${dataOf(daily(PAPER))}\n${CARD}\n${card("2603.00002", OTHER_TITLE)}`;
    expect(kindsIn(page)).toEqual([TITLE, "repeated_card", OTHER_TITLE]);
  });

  test("passes over the data of other components, broken ones too", () => {
    const header = `<div data-target="MainHeader" data-props="${escaped('{"user":null,"papers":["a"]}')}"></div>`;
    const broken = `<div data-target="Search" data-props='{"paper": oops'></div>`;
    expect(kindsIn(`${header}${broken}${dataOf(daily(PAPER))}`)).toEqual([TITLE]);
  });

  test.each<[string, object]>([
    ["a list under another name", { papers: [PAPER] }],
    ["a single paper", { paper: PAPER, canVote: false }],
    ["the daily list of a component with another name", daily(PAPER)],
  ])("may be %s", (_what, data) => {
    expect(kindsIn(dataOf(data, "Other"))).toEqual([TITLE]);
  });

  test("is no paper's where a usual name holds other things", () => {
    const page = `${dataOf({ papers: [{ title: "Wallpapers" }] }, "Shop")}${dataOf({ paper: { size: "A4" } }, "Print")}`;
    expect(kindsIn(page)).toEqual(["page_without_papers"]);
  });

  test("that is broken is one reject with its line and first words, and the cards are read instead", () => {
    const page = `<body>\n<div data-target="DailyPapers" data-props="{oops&quot;"></div>\n${CARD}`;
    expect(readPage(page)).toEqual([
      { kind: "reject", reason: "json_invalid", text: '{oops"', lineStart: 2, lineEnd: 2 },
      expect.objectContaining({ title: TITLE, lineStart: 3 }),
    ]);
  });

  test("has its bad entries rejected one by one, and a card may bring what they lack", () => {
    const data = dataOf({ dailyPapers: ["no paper", { paper: { ...PAPER, title: "" } }, { paper: OTHER }] });
    expect(kindsIn(`${data}${CARD}`)).toEqual(["record_invalid", "title_missing", OTHER_TITLE, TITLE]);
  });

  test("says the day of a list of one day, and no day of a week's list", () => {
    const labelOf = (data: object) => papersIn(dataOf({ ...daily(PAPER), ...data }))[0]?.capturedLabel;
    expect(labelOf({ dateString: "2026-03-14", periodType: "day" })).toBe("2026-03-14");
    expect(labelOf({ dateString: "2026-03-14" })).toBe("2026-03-14");
    expect(labelOf({ dateString: "2026-03-14", periodType: "week" })).toBeNull();
    expect(labelOf({ dateString: "2026-13-45" })).toBeNull();
  });

  test("says the day of the page's other cards too, though the page shows it without its year", () => {
    const data = dataOf({ ...daily(PAPER), dateString: "2026-03-14" });
    const labels = papersIn(`${data}<div>Mar 14</div>${card("2603.00002", OTHER_TITLE)}`);
    expect(labels.map((paper) => paper.capturedLabel)).toEqual(["2026-03-14", "2026-03-14"]);
  });

  test("may name another page of the paper", () => {
    const [paper] = papersIn(dataOf(daily({ ...PAPER, url: "https://ada.example/stones" })));
    expect(paper?.facts.url).toBe("https://ada.example/stones");
  });

  test("has its references decoded once", () => {
    const [paper] = papersIn(dataOf(daily({ ...PAPER, title: "Stones &amp; <i>Owls</i>" })));
    expect(paper?.title).toBe("Stones &amp; <i>Owls</i>");
  });
});

describe("what stands around the papers", () => {
  test("is one piece of furniture for each run of text, with its lines", () => {
    const page = `<!doctype html>\n<head><title>Papers</title>\n<style>p{}</style></head>\n<nav>Home\n</nav>\n<div>\n${CARD}\n</div>\n${card("2603.00002", OTHER_TITLE)}\n\n<footer>\n&copy; us\n</footer>\n`;
    expect(readPage(page).map((item) => [item.kind, item.lineStart, item.lineEnd])).toEqual([
      ["furniture", 2, 4],
      ["paper", 7, 7],
      ["paper", 9, 9],
      ["furniture", 12, 12],
    ]);
  });

  test("is a reject where there is no paper at all", () => {
    expect(readPage("<!doctype html>\n<h1>Wares</h1><p>Buy\nstones.</p>\n")).toEqual([
      { kind: "reject", reason: "page_without_papers", text: "Wares Buy stones. ", lineStart: 2, lineEnd: 3 },
    ]);
    expect(kindsIn("<html></html>")).toEqual(["page_without_papers"]);
    expect(kindsIn("")).toEqual(["page_without_papers"]);
  });
});

describe("of any page", () => {
  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readPage, cutAnywhere(anyPage), 400);
  });

  test.each(["\n&copy", "a\n&copy", "\na &am\nb", "a\n<", `\n${CARD}\n&lt`])(
    "lines are counted alike where a piece ends inside a sign: %j",
    (text) => {
      expect(readPage(...text)).toEqual(readPage(text));
      expect(readPage(text)[0]?.lineStart).toBe(text.slice(0, text.search(/[^\n]/u)).length + 1);
    },
  );

  test("one character at a time reads as the whole does", () => {
    fc.assert(
      fc.property(anyPage, (text) => {
        expect(readPage(...text.split(""))).toEqual(readPage(text));
      }),
      { numRuns: 200 },
    );
  });

  test("items are in order and on lines that there are, and something is said of it", () => {
    fc.assert(
      fc.property(anyPage, (text) => {
        const items = readPage(text);
        expect(items.length).toBeGreaterThan(0);
        expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
        for (const { lineStart, lineEnd } of items) {
          expect(lineStart).toBeGreaterThanOrEqual(1);
          expect(lineEnd).toBeGreaterThanOrEqual(lineStart);
          expect(lineEnd).toBeLessThanOrEqual(text.split("\n").length);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("every line with visible text belongs to an item", () => {
    const line = fc.constantFrom(
      CARD,
      "<article>",
      "</article>",
      "<nav>",
      "</nav>",
      "<li>a stone",
      "</li>",
      "Mar 14",
      "<p>word</p>",
      `<h3><a href="/papers/2603.00004">Owls</a></h3>`,
      "",
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        const visible = ownersOf(text, readPage(text)).filter((each) =>
          /[a-z]/iu.test(each.line.replaceAll(/<[^>]*>/gu, "")),
        );
        for (const { number, owners } of visible) expect(owners.length, `line ${number}`).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });
});

describe("the layout", () => {
  test.each([
    "<!DOCTYPE html><title>x</title>",
    "\n<!-- saved from url=(0028)https://huggingface.co/papers -->\n<html lang=en>",
    "<HTML>",
    CARD,
    `<main>\n<a href='https://huggingface.co/papers/2603.00001'>x</a>`,
    '<div data-target="DailyPapers">',
  ])("is recognised in %j", (head) => {
    expect(htmlPage.recognises(head)).toBe(true);
  });

  test.each([
    `<?xml version="1.0"?><feed><link href="https://huggingface.co/papers/2603.00001"/></feed>`,
    `<feed><link href="https://huggingface.co/papers/2603.00001"/></feed>`,
    `<!-- x --><rss><a href="/papers/2603.00001"/></rss>`,
    "<div>no listing</div>",
    `<img src="x"> [Title](https://huggingface.co/papers/2603.00001)`,
    `A text with ${CARD}`,
    "<htmlish>",
    "<!--",
    "",
  ])("is not recognised in %j", (head) => {
    expect(htmlPage.recognises(head)).toBe(false);
  });

  test("is judged within a moment, whatever a text begins with", () => {
    const start = performance.now();
    for (const head of ["<!--", "<!-- -->", "<!-- -", "<a href=", "<a data-target ", "<a href=/papers/"])
      htmlPage.recognises(`<a>${head.repeat(8_000)}`.slice(head.startsWith("<!") ? 3 : 0));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
