import { describe, expect, test } from "vitest";
import { inlineParts } from "../../../pipeline/1-parse/markdown/inline-markup.ts";

const inline = (source: string) => inlineParts(source, null);
const numbered = (source: string) =>
  inlineParts(source, (number) => (number === "9" ? null : `/t/${number}`));
const link = (words: string, target: string | null, number: string | null = null) => ({
  kind: "link",
  words,
  target,
  number,
});
const text = (words: string) => ({ kind: "text", text: words });

describe("the markup in a block", () => {
  test.each([
    ["[Owls](/a)", [link("Owls", "/a")]],
    ["[Owls [v2] at night](/a)", [link("Owls [v2] at night", "/a")]],
    ["[Owls \\[v2\\]](/a)", [link("Owls [v2]", "/a")]],
    ["[**Owls** and *stones*](/a)", [link("Owls and stones", "/a")]],
    ["**[Owls](/a)**", [link("Owls", "/a")]],
    ["![x](/a.png)", [{ kind: "image" }]],
    ["[![x](/a.png)](/b)", [link("", "/b")]],
    ["[![x](/a.png) Owls](/b)", [link("Owls", "/b")]],
    ["<https://a.bc/d>", [link("https://a.bc/d", "https://a.bc/d")]],
    ["[Owls](/a){.b .c}, [new]{.d}", [link("Owls", "/a"), text(", new")]],
    ["a<br>b<div class=x>c<!-- d -->", [text("a\nbc")]],
  ])("is taken away, its words and targets kept: %s", (source, parts) => {
    expect(inline(source)).toEqual(parts);
  });

  test.each([
    "Owls [1] and [see below]",
    "Owls](/a) and [stones",
    "f(x) [a] (b)",
    "[Owls](not an address)",
    "a < b > c",
    "[Owls][4]",
    "[4]Owls",
    "![",
    "",
  ])("is left as it is where it is none: %j", (source) => {
    expect(inline(source)).toEqual(source === "" ? [] : [text(source)]);
  });

  test("never breaks a bare address", () => {
    expect(inline("see https://a.bc/_x_/y_z_ now")).toEqual([text("see https://a.bc/_x_/y_z_ now")]);
  });
});

describe("a numbered link", () => {
  test.each([
    ["[Owls][4]", [link("Owls", "/t/4")]],
    ["[Owls][9]", [link("Owls", null)]],
    ["[4]Owls at night", [link("Owls at night", "/t/4", "4")]],
    ["[4]Owls [5]3 authors", [link("Owls ", "/t/4", "4"), link("3 authors", "/t/5", "5")]],
    ["[4]Owls\nat night", [link("Owls", "/t/4", "4"), text("\nat night")]],
    ["[[4]](/a)", [link("[4]", "/a")]],
  ])("is %j", (source, parts) => {
    expect(numbered(source)).toEqual(parts);
  });

  test.each(["Smith [4], and [5].", "word[4]word", "a [4] b", "[4] Owls"])(
    "is not made of a citation: %s",
    (source) => {
      expect(numbered(source)).toEqual([text(source)]);
    },
  );
});
