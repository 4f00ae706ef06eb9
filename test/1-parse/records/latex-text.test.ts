import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latexText, withoutCaseBraces } from "../../../pipeline/1-parse/records/latex-text.ts";
import { withoutTags } from "../../../pipeline/1-parse/records/rich-text.ts";
import { hasMarkup, repair } from "../../../pipeline/1-parse/repairs/repairs.ts";

describe("LaTeX and the repairs behind it come out as it is printed, in the case in which it is written:", () => {
  const raw = String.raw;
  test.each([
    ["{GPU}s and {CPU}s {In Title Case}", "GPUs and CPUs In Title Case"],
    ["{{A {W}hole Title}}", "A Whole Title"],
    [raw`caf{\'e}, {\"{O}}zg{\"u}r, \c{c}a, {\'Ecole}, {\'{\i}}`, "café, Özgür, ça, École, í"],
    [raw`Stra{\ss}e, {\o}re, {\AA}ngstr\"om, {\v S}koda`, "Straße, øre, Ångström, Škoda"],
    [raw`Stones \& {Rivers}, 5\% of {\&}`, "Stones & Rivers, 5% of &"],
    [raw`Stones \&{Rivers}`, "Stones &Rivers"],
    ["a -- b --- c, 1--5, ``so'' it is", "a – b — c, 1–5, “so” it is"],
    [raw`$\alpha$-stones, $O(n^{2})$, CO$_2$ at 10$^{\circ}$`, "α-stones, O(n^2), CO_2 at 10^∘"],
    [raw`$\alpha$s and $\beta$`, "αs and β"],
    [raw`$x_{i}$ from \$5 to \$6`, "x_i from $5 to $6"],
    ["from $5 to $6", "from $5 to $6"],
    [raw`\emph{{GPU} words} and {\em more {GPU} words}`, "GPU words and more GPU words"],
    [raw`{\textquotedblleft}Stones{\textquotedblright} \textless 5`, "“Stones” <5"],
    [raw`{\TeX} in Stone\-henge`, "TeX in Stonehenge"],
    [raw`See \url{https://example.org/a--b}`, "See https://example.org/a--b"],
    [raw`\href{https://example.org}{{GPU} here}`, "GPU here (https://example.org)"],
    ["braces {without a partner", "braces {without a partner"],
    ["braces without} a partner", "braces without} a partner"],
  ])("%s", (latex, printed) => {
    expect(repair(latexText(latex))).toBe(printed);
    expect(hasMarkup(repair(latexText(latex)))).toBe(false);
  });
});

describe("braces", () => {
  test("of what a command or a formula takes stay as they are", () => {
    for (const latex of [
      String.raw`\frac{1}{2}`,
      "$a_{bc}$",
      "$ {ab}$",
      "x^{ab}",
      "\\'{ab}",
      String.raw`\sqrt {ab}`,
    ])
      expect(withoutCaseBraces(latex)).toBe(latex);
  });

  test("are all that is taken away", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab{}\\$^_'\" é") }), (text) => {
        expect(withoutCaseBraces(text).replaceAll(/[{}]/gu, "")).toBe(text.replaceAll(/[{}]/gu, ""));
      }),
    );
  });

  test.each(["{", "{a}", "$", "\\", "{\\", "$a", "---", "``"])(
    "and signs take no more than linear time: %j",
    (piece) => {
      const start = performance.now();
      latexText(piece.repeat(100_000));
      expect(performance.now() - start).toBeLessThan(3_000);
    },
  );
});

describe("tags of formatted text", () => {
  test.each([
    ["<i>Strix</i> and H<sub>2</sub>O", "Strix and H2O"],
    ['a <span class="nocase">NASA</span> and <SC>b</SC>', "a NASA and b"],
    ["<i>a <b>b <sup>c</sup></b></i>", "a b c"],
    ["<jats:title>A</jats:title><jats:p>b</jats:p>", " A  b "],
    ["if a<b and c>d, or <i alone", "if a<b and c>d, or <i alone"],
    ["a<b>c and <video>", "a<b>c and <video>"],
  ])("%s", (text, plain) => {
    expect(withoutTags(text)).toBe(plain);
  });

  test.each(["<i>", "<span ", "</i>", "<"])("take no more than linear time: %j", (piece) => {
    const start = performance.now();
    withoutTags(piece.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
