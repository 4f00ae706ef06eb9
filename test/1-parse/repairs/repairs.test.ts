import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasLostCharacters, hasMarkup, REPAIRS, repair } from "../../../pipeline/1-parse/repairs/repairs.ts";

/** For each repair: broken text and what was meant. */
const CASES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  entities: [
    ["stones &amp; rivers", "stones & rivers"],
    ["the &#961; of gravel, and &#x3c1; again", "the ρ of gravel, and ρ again"],
    ["Bogot&amp;#225;", "Bogotá"],
    ["R&D; of AT&T", "R&D; of AT&T"],
  ],
  bare_references: [
    ["a study x2013 with stones", "a study – with stones"],
    ["the ratio x20 and matrix2013 stay", "the ratio x20 and matrix2013 stay"],
  ],
  invisible: [
    ["co\u00adoper\u200bation", "cooperation"],
    ["\u202eabc\u2069", "abc"],
    ["a\u200cb", "ab"],
    ["नमस्\u200dते and 👩\u200d🌾", "नमस्\u200dते and 👩\u200d🌾"],
  ],
  accents: [
    ['G{\\"o}del and G\\"odel and G\\"{o}del', "Gödel and Gödel and Gödel"],
    ["Erd\\H{o}s, Fran\\c{c}ois, \\v{S}koda", "Erdős, François, Škoda"],
    ["caf\\'e and \\'Alvarez", "café and Álvarez"],
  ],
  styles: [
    ["\\textit{very \\textbf{bold}} words", "very bold words"],
    ["textit{lost} and url{https://example.org/a}", "lost and https://example.org/a"],
    ["levels of {\\em parameter and retrieval}", "levels of parameter and retrieval"],
    ["\\href{https://example.org}{here}", "here (https://example.org)"],
    ["H\\textsubscript{2}O in mytextit{x}", "H2O in mytextit{x}"],
  ],
  symbols: [
    ["$\\alpha$ and {\\Psi} and 4{times} faster", "α and Ψ and 4× faster"],
    ["Stra\\ss e and {\\o}re", "Straße and øre"],
    ["adapters, \\eg small ones", "adapters, e.g. small ones"],
    ["O(n \\log n)", "O(n log n)"],
  ],
  spaces: [
    ["following a~failure event in Fig.~3", "following a failure event in Fig. 3"],
    ["5\\,kg of stones", "5 kg of stones"],
    ["about ~50 stones, 5~10 of them, 1M~60M grains", "about ~50 stones, 5~10 of them, 1M~60M grains"],
    ["https://example.org/~ada/stones", "https://example.org/~ada/stones"],
  ],
  scripts: [["10^{6} grains and x_{t}", "10^6 grains and x_t"]],
  formulas: [
    ["a rate of $n+1$ stones", "a rate of n+1 stones"],
    ["it costs $5 and $6, or $5-$6", "it costs $5 and $6, or $5-$6"],
    ["at 10$^{\\circ}$C, CO$_2$ and 10$^{6}$ stones", "at 10^∘C, CO_2 and 10^6 stones"],
  ],
  escapes: [["less than 0.07\\% of R\\&D in DQ3\\_K", "less than 0.07% of R&D in DQ3_K"]],
};

describe.each(Object.entries(CASES))("the repair %s", (name, cases) => {
  test.each(cases)("makes %j into %j", (broken, meant) => {
    expect(repair(broken)).toBe(meant);
  });

  test("is needed for it: without it the text stays broken", () => {
    const others = REPAIRS.filter((other) => other.name !== name);
    const without = cases.map(([broken]) => others.reduce((text, { apply }) => apply(text), broken));
    expect(without).not.toEqual(cases.map(([, meant]) => meant));
  });
});

test("every repair has cases", () => {
  expect(Object.keys(CASES)).toEqual(REPAIRS.map(({ name }) => name));
});

describe("what is not certain stays, and is told", () => {
  test.each(["the \\model models", "half is $\\frac{1}{2}$", "we propose {LoRETTA}_{adp}"])("%s", (text) => {
    expect(repair(text)).toBe(text);
    expect(hasMarkup(text)).toBe(true);
  });

  test.each(["costs of $5 and $6", "AT&T in 50% of cases", "snake_case and 2^10", "braces {like these}"])(
    "but %s is no markup",
    (text) => {
      expect(hasMarkup(repair(text))).toBe(false);
    },
  );

  test("lost characters are seen", () => {
    expect(hasLostCharacters("Caf\ufffd")).toBe(true);
    expect(hasLostCharacters("Café")).toBe(false);
  });
});

describe("laws", () => {
  const pieces = fc.constantFrom(
    "\\",
    "{",
    "}",
    "$",
    "~",
    "^",
    "_",
    "&amp;",
    "&#961;",
    "x2013",
    "\\textit{",
    "\\alpha",
    "a",
    "b1",
    " ",
    "é",
    "\u00ad",
    "%",
    "'",
  );
  const anyText = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));

  test("plain text is left alone", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .,;:()'-]{0,80}$/), (text) => {
        fc.pre(!/x(?:20|22|00)/i.test(text));
        expect(repair(text)).toBe(text);
      }),
    );
  });

  test("no word of letters alone is lost, in any text", () => {
    fc.assert(
      fc.property(anyText, fc.stringMatching(/^[g-w]{12}$/), (text, word) => {
        expect(repair(`${text} ${word} ${text}`)).toContain(word);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["braces", "{".repeat(50_000)],
    ["styles", "\\textit{".repeat(20_000)],
    ["dollars", "$a".repeat(50_000)],
    ["ampersands", "&".repeat(100_000)],
    ["backslashes", "\\".repeat(100_000)],
    ["scripts", "x^{".repeat(40_000)],
    ["references", "&#9".repeat(40_000)],
    ["joiners", "\u200d".repeat(100_000)],
  ])("no repetition of %s takes more than linear time", (_what, text) => {
    const time = (input: string) => {
      const start = performance.now();
      repair(input);
      return performance.now() - start;
    };
    time(text.slice(0, text.length / 4));
    const [quarter, whole] = [time(text.slice(0, text.length / 4)), time(text)];
    expect(whole).toBeLessThan(Math.max(quarter * 10, 1_000));
  });
});
