import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, textOrNull, withoutControls } from "../../pipeline/core/text.ts";

/** Text with what captures break: control characters, halves of pairs, loose accents, white space of all kinds. */
const damaged = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\0", "\t", "\n", "\r\n", "\u0085", "\u009f", "\ud83d", "\ude00", "😀"),
      fc.constantFrom(
        "e\u0301",
        "\u0301",
        "\u1100\u1161",
        "\u212b",
        "\u00a0",
        "\u2028",
        "\u3000",
        "\ufeff",
        " ",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe.each([
  ["cleanText", cleanText],
  ["withoutControls", withoutControls],
])("%s", (_name, clean) => {
  test("leaves no control character, no lone surrogate, and NFC", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(cleaned.normalize("NFC")).toBe(cleaned);
      }),
    );
  });

  test("changes nothing a second time", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(clean(clean(text))).toBe(clean(text));
      }),
    );
  });

  test("leaves no white space at the ends", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(clean(text)).toBe(clean(text).trim());
      }),
    );
  });

  test("keeps every other character, in order", () => {
    const kept = (text: string) => text.normalize("NFC").replace(/[\s\p{Cc}\p{Cs}]/gu, "");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(kept(clean(text))).toBe(kept(text));
      }),
    );
  });

  test.each(["\n", "\t", "\0", "\r\n", "\u0007\u0007", "\ud83d"])(
    "puts one space in place of %j",
    (broken) => {
      expect(clean(`river${broken}stones`)).toBe("river stones");
    },
  );

  test("keeps characters beyond the basic plane whole", () => {
    expect(clean("𝐍𝐞𝐭𝐬 😀")).toBe("𝐍𝐞𝐭𝐬 😀");
  });

  test("joins a letter and its loose accent", () => {
    expect(clean("Cafe\u0301")).toBe("Caf\u00e9");
  });
});

describe("white space", () => {
  test.each(["  ", "\u00a0", "\u2028", "\u3000", " \u2003 "])(
    "%j becomes one space in clean text",
    (white) => {
      expect(cleanText(`river${white}stones`)).toBe("river stones");
    },
  );

  test("that is no control character stays as it was captured until it is cleaned", () => {
    expect(withoutControls("river  \u00a0stones")).toBe("river  \u00a0stones");
  });
});

describe("a text of which nothing is left", () => {
  test.each(["", " ", "\0\u0007", "\ud83d", "\u00a0\n"])("%j becomes null", (text) => {
    expect(textOrNull(cleanText(text))).toBeNull();
  });

  test("is told from one that says 0", () => {
    expect(textOrNull("0")).toBe("0");
  });
});
