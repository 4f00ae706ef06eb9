import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  containment,
  foldText,
  jaccard,
  normaliseTitle,
  shared,
  wordsOf,
} from "../../../pipeline/2-dedupe/profile/text-forms.ts";

describe("titles that differ in this only have one normal form:", () => {
  test.each([
    ["case", "River Stones", "river stones"],
    ["case beyond ASCII", "ÜBER ŁÓDŹ", "über łódź"],
    ["accents", "Résumé à la carte", "Resume a la carte"],
    ["how an accent is coded", "Caf\u00e9", "Cafe\u0301"],
    ["punctuation", "Stones: a drone's-eye view!", "Stones, a drones eye view"],
    ["spacing", "river   stones\tand\u00a0drones", "riverstones and drones"],
    ["ligatures", "\ufb01ne \ufb02ow", "fine flow"],
    ["full width", "Ｎｅｔｓ ２", "Nets 2"],
    ["mathematical letters", "𝐍𝐞𝐭𝐬", "Nets"],
    ["superscripts", "R² and H₂O", "R2 and H2O"],
  ])("%s", (_what, a, b) => {
    expect(normaliseTitle(a)).toBe(normaliseTitle(b));
    expect(normaliseTitle(a)).not.toBe("");
  });
});

describe("a title's normal form", () => {
  test("keeps digits, so that part 1 and part 2 stay two", () => {
    expect(normaliseTitle("River stones, part 1")).toBe("riverstonespart1");
    expect(normaliseTitle("River stones, part 2")).toBe("riverstonespart2");
  });

  test.each([
    ["Chinese", "河流：石头的计数", "河流石头的计数"],
    ["Japanese", "川の石", "川の石"],
    ["Korean", "강의 돌", "강의돌"],
    ["Russian", "Речные камни!", "речныекамни"],
    ["Greek, where the last sigma is a sigma", "Πέτρες", "πετρεσ"],
    ["Hindi, with its vowel signs", "की बात", "कीबात"],
    ["Japanese, with its sound marks", "ガス", "ガス"],
    ["German, whose ß is ss in capitals", "Straße", "strasse"],
  ])("keeps the letters of %s", (_script, title, normal) => {
    expect(normaliseTitle(title)).toBe(normal);
  });

  test("joins letters that punctuation parted", () => {
    expect(normaliseTitle("\u1100-\u1161")).toBe("\uac00");
  });

  test("holds nothing but letters and digits, and is its own normal form", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (title) => {
        const normal = normaliseTitle(title);
        expect(normal).toMatch(/^[\p{L}\p{N}\p{M}]*$/u);
        expect(normaliseTitle(normal)).toBe(normal);
      }),
    );
  });
});

describe("folded text", () => {
  test("has no case and no accents of alphabetic scripts", () => {
    expect(foldText("Çà et LÀ, Ёлка, Ώρα")).toBe("ca et la, елка, ωρα");
  });

  test("keeps marks that are parts of letters", () => {
    expect(foldText("ガス")).toBe("ガス");
    expect(foldText("की")).toBe("की");
  });

  test("is its own folded form", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});

describe("the words of a text", () => {
  test("are folded, in order, and parted by anything else", () => {
    expect(wordsOf("River-Stones: a drone's VIEW (2nd)")).toEqual([
      "river",
      "stones",
      "a",
      "drone",
      "s",
      "view",
      "2nd",
    ]);
    expect(wordsOf("Café—Über, 2")).toEqual(["cafe", "uber", "2"]);
  });

  test.each([
    ["Chinese", "数石头", ["数石", "石头"]],
    ["Katakana alone", "ドロン", ["ドロ", "ロン"]],
    ["Japanese", "ガスの石", ["ガス", "スの", "の石"]],
    ["Thai", "หินน้ำ".slice(0, 3), ["หิ", "ิน"]],
    ["Chinese beside Latin", "ab 数石头", ["ab", "数石", "石头"]],
  ])("of %s are pairs of neighbours", (_script, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test("of scripts with spaces are whole", () => {
    expect(wordsOf("الحجارة في النهر")).toEqual(["الحجارة", "في", "النهر"]);
    expect(wordsOf("강의 돌멩이")).toEqual(["강의", "돌멩이"]);
  });

  test("are none where there is no letter and no digit", () => {
    expect(wordsOf("")).toEqual([]);
    expect(wordsOf("🚁🚁 … ?!")).toEqual([]);
  });

  test("are the same in either form of a plain text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]*$/), (text) => {
        expect(wordsOf(`${text} é`)).toEqual([...wordsOf(text), "e"]);
      }),
    );
  });
});

describe("likeness of sets", () => {
  const numbers = fc.uniqueArray(fc.nat(20)).map((all) => new Set(all));

  test.each([
    ["is 1 where one holds the other", [1, 2], [1, 2, 3], 2, 2 / 3, 1],
    ["is the share of the common members", [1, 2, 3, 4], [3, 4, 5, 6, 7], 2, 2 / 7, 0.5],
    ["is 0 where none is common", [1], [2], 0, 0, 0],
    ["is 0 where one is empty", [], [1], 0, 0, 0],
    ["is 0 where both are empty", [], [], 0, 0, 0],
  ])("%s", (_rule, x, y, common, ofAll, ofSmaller) => {
    const [a, b] = [new Set<number>(x), new Set<number>(y)];
    expect([shared(a, b), jaccard(a, b), containment(a, b)]).toEqual([common, ofAll, ofSmaller]);
  });

  test("is symmetric, lies between 0 and 1, and Jaccard is never above containment", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        for (const like of [shared, jaccard, containment]) expect(like(a, b)).toBe(like(b, a));
        expect(jaccard(a, b)).toBeGreaterThanOrEqual(0);
        expect(jaccard(a, b)).toBeLessThanOrEqual(containment(a, b));
        expect(containment(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
