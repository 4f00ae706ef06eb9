import { expect, test } from "vitest";
import { escapedAt } from "../../../pipeline/1-parse/markdown/escapes.ts";

const at = (text: string) => escapedAt(text, text.indexOf("\\"));

test.each([
  ["One\\_Shot", "_"],
  ["\\[v2\\]", "["],
  ["\\*", "*"],
  ["a \\\\alpha", "\\"],
  ["3\\.5", "."],
  ["1\\. Owls", "."],
  ["\\- Owls", "-"],
  ["don\\'t", "'"],
  ["Ada\\'s", "'"],
  ['a \\"Owl\\"', '"'],
  ["\\![x](y)", "!"],
])("an escape stands for its character: %s", (text, character) => {
  expect(at(text)).toBe(character);
});

test.each([
  'Schr\\"odinger',
  "caf\\'e",
  'na\\"{\\i}ve',
  "Erd\\H{o}s",
  "\\alpha",
  "\\,",
  "ga\\~na",
  "co\\-op",
  "\\(x\\)",
  "Owls\\",
])("what LaTeX means by a backslash is left to the repairs: %s", (text) => {
  expect(at(text)).toBeNull();
});
