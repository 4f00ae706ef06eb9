import { describe, expect, test } from "vitest";
import { BlockCutter } from "../../../pipeline/1-parse/markdown/blocks.ts";

function blocks(text: string) {
  const cutter = new BlockCutter();
  const lines = text.split("\n").map((line, at) => ({ text: line, number: at + 1 }));
  return [...lines.flatMap((line) => [...cutter.take(line)]), ...cutter.end()];
}
/** Level and text of each block. */
const told = (text: string) =>
  blocks(text).map((block) => `${block.level}${block.isItem ? "-" : ":"}${block.text}`);

describe("a block", () => {
  test("has its place, and its wrapped lines are joined by a space", () => {
    expect(blocks("\nOwls count\nshort-\nlived stones\n\nMoss\n")).toEqual([
      { level: 0, isItem: false, text: "Owls count short- lived stones", lineStart: 2, lineEnd: 4 },
      { level: 0, isItem: false, text: "Moss", lineStart: 6, lineEnd: 6 },
    ]);
  });

  test.each([
    ["# Owls", ["1:Owls"]],
    ["###### Owls ##", ["6:Owls"]],
    ["###[Owls](/a)", ["3:[Owls](/a)"]],
    ["## Owls {#a .b}", ["2:Owls"]],
    ["#owls", ["0:#owls"]],
    ["Owls\n====\nMoss", ["1:Owls", "0:Moss"]],
    ["Owls\n---", ["2:Owls"]],
    ["# Owls\nMoss", ["1:Owls", "0:Moss"]],
    ["Moss\n# Owls", ["0:Moss", "1:Owls"]],
    ["### [Owls\nat night](/a)\nMoss", ["3:[Owls at night](/a)", "0:Moss"]],
    ["### [Owls](https://a-\nb.c)\nMoss", ["3:[Owls](https://a- b.c)", "0:Moss"]],
  ])("is a heading by its marks: %j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test("is no heading where a rule stands under a sentence", () => {
    expect(told("Owls are awake.\n---\nMoss")).toEqual(["0:Owls are awake.", "0:", "0:Moss"]);
  });

  test.each([
    ["* Owls\n* Moss", ["0-Owls", "0-Moss"]],
    ["- Owls\n  at night\n1. Moss", ["0-Owls at night", "0-Moss"]],
    [`${"Owls ".repeat(12)}\n- as they say`, [`0:${"Owls ".repeat(12)}- as they say`.replace("  ", "\n")]],
    [`- ${"Owls ".repeat(12)}end\n- 2 authors`, [`0-${"Owls ".repeat(12)}end`, "0-2 authors"]],
    ["> Owls\n>\n> Moss", ["0:Owls", "0:", "0:Moss"]],
    ["> Owls\n> at night", ["0:Owls at night"]],
    ["Owls  \nat night", ["0:Owls\nat night"]],
    ["Owls\\\nat\\\\\nnight", ["0:Owls\nat\nnight"]],
    ["Owls\n* * *\nMoss", ["0:Owls", "0:", "0:Moss"]],
    ["::: {.a}\nOwls\n:::", ["0:", "0:Owls", "0:"]],
    ["Markdown Content:\nOwls", ["0:Markdown Content:", "0:Owls"]],
    ["Owls\n[Moss](/papers/2503.00001)\nStones", ["0:Owls", "0:[Moss](/papers/2503.00001)", "0:Stones"]],
  ])("ends where another begins: %j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test("may be a link around a card, blank lines and all", () => {
    expect(blocks("Owls\n\n[\n\n### Moss\n\n](/a)\nStones")).toMatchObject([
      { text: "Owls" },
      { text: "[\n\n### Moss\n\n](/a)", lineStart: 3, lineEnd: 7 },
      { text: "Stones" },
    ]);
  });

  test("is read without such a link where it never closes", () => {
    expect(told("[\n\n# Owls\n\nMoss")).toEqual(["0:[", "1:Owls", "0:Moss"]);
    expect(told(`[\n${"Owls\n\n".repeat(40)}]`)).toHaveLength(41);
  });
});
