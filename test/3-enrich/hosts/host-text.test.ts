import { expect, test } from "vitest";
import { hostText } from "../../../pipeline/3-enrich/hosts/host-text.ts";

test.each([
  ["text without damage stays as it is", "Counts <b>stones</b>", "Counts <b>stones</b>"],
  ["control characters and lone surrogates become a space", "a\tb\u0000c\ud800d", "a b c d"],
  ["white space is one space, and none at the ends", "  two \n words ", "two words"],
  ["accents are composed", "Cafe\u0301", "Caf\u00e9"],
  ["nothing but white space is null", " \n ", null],
  ["the empty string is null", "", null],
  ["null is null", null, null],
])("%s", (_rule, text, cleaned) => {
  expect(hostText(text)).toBe(cleaned);
});
