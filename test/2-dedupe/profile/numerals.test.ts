import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numeralsOf } from "../../../pipeline/2-dedupe/profile/numerals.ts";
import { wordsOf } from "../../../pipeline/2-dedupe/profile/text-forms.ts";

const numbers = (title: string) => numeralsOf(wordsOf(title));

describe("the numbers of a title", () => {
  test.each<[string, string, string[]]>([
    ["digits are numbers", "Ten maps of 12 rivers in 2024", ["12", "2024"]],
    ["zeros in front say nothing", "Agent 007 counts", ["7"]],
    ["roman numbers are digits", "World war II and III on rivers", ["2", "3"]],
    ["a roman number of two letters needs no word before it", "Stones IV: a sequel", ["4"]],
    ["a roman number of one letter needs a word that counts", "The stones X of vitamin V supply", []],
    ["behind a word that counts it is one", "Stones, part V, and rivers", ["5"]],
    ["I is a pronoun in a title", "How I count stones", []],
    ["I is a number at the end", "Counting stones I", ["1"]],
    ["I is a number behind a word that counts", "Counting stones, part I: rivers", ["1"]],
    ["I alone is no number", "I", []],
    ["letters behind a word that counts are numbers", "Stones, part B", ["b"]],
    ["letters elsewhere are none", "Vitamin B in stones", []],
    ["only the first eight letters are parts", "Stones, part K", []],
    ["digits within a word are numbers", "GPT3 and h2o", ["2", "3"]],
    ["each number counts once", "2 rivers and 2 stones", ["2"]],
    ["a title without numbers has none", "Counting stones", []],
    ["numbers of many digits are cut, not lost", `Pi ${"3".repeat(200)}`, ["3".repeat(30)]],
  ])("%s", (_rule, title, all) => {
    expect(numbers(title).all).toEqual(all);
  });

  test.each([
    ["part 2", "part II"],
    ["chapter 12", "Chapter XII"],
    ["part 1", "part I"],
    ["volume 5", "vol. V"],
  ])("%s and %s are one number", (arabic, roman) => {
    expect(numbers(`Stones, ${arabic}`)).toEqual(numbers(`Stones, ${roman}`));
  });
});

test("roman numbers from 1 to 12 are read behind each word that counts", () => {
  const roman = "I II III IV V VI VII VIII IX X XI XII".split(" ");
  for (const word of "part volume vol chapter section phase type paper no appendix".split(" "))
    for (const [at, written] of roman.entries())
      expect(numbers(`Stones ${word} ${written} again`).part).toBe(`${at + 1}`);
});

describe("the number of a part", () => {
  test.each([
    ["stands at the end", "Counting stones 2", "2"],
    ["stands behind a word that counts", "Stones, part 3: rivers of May", "3"],
    ["may be a letter", "Stones, part A: rivers", "a"],
    ["is no year and no count", "Counting stones in 2024", null],
    ["is not within the title", "Counting 12 stones of a river", null],
    ["is not a title that is nothing else", "12", null],
    ["is not within a word", "Counting stones with GPT3", null],
  ])("%s", (_rule, title, part) => {
    expect(numbers(title).part).toBe(part);
  });
});

test("the number of a part is among all numbers, which are in order", () => {
  const word = fc.constantFrom("stones", "part", "ii", "v", "i", "a", "2", "12", "2024", "gpt3", "no");
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const { all, part } = numeralsOf(words);
      expect(all).toEqual([...new Set(all)].sort());
      if (part !== null) expect(all).toContain(part);
    }),
  );
});
