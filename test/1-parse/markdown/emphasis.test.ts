import { expect, test } from "vitest";
import { inlineParts } from "../../../pipeline/1-parse/markdown/inline-markup.ts";

/** Emphasis needs the characters around it, which the reader of inline markup gives. */
const plain = (source: string) =>
  inlineParts(source, null)
    .map((part) => (part.kind === "text" ? part.text : ""))
    .join("");

test.each([
  ["**Owls**", "Owls"],
  ["*Owls* and _stones_.", "Owls and stones."],
  ["***Owls***", "Owls"],
  ["(_Owls_)", "(Owls)"],
  ["**Owls *at* night**", "Owls at night"],
])("marks around words are taken away: %s", (source, words) => {
  expect(plain(source)).toBe(words);
});

test.each([
  "x_i and y_j",
  "2*3*4",
  "a*b* c",
  "a *b*c",
  "A* and B*",
  "* Owls *",
  "**Owls",
  "snake_case_name",
  "_ _",
  "****Owls****",
  "**Owls*",
])("marks that are none stay: %s", (source) => {
  expect(plain(source)).toBe(source);
});
