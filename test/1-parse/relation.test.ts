import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relationOf } from "../../pipeline/1-parse/relation.ts";
import { RELATION_RULES, RELATIONS } from "../../schemas/vocabularies.ts";

const ruleOf = (before: string, after = "") => relationOf(before, after).rule;

describe("words that offer the code of this work decide for own_availability:", () => {
  test.each([
    "Our code is available at ",
    "Code and data are publicly available at ",
    "The source code can be found here: ",
    "All stone models have been released on ",
    "The implementation is hosted on GitHub: ",
    "Weights and scripts will be made freely available under ",
    "Our dataset, with six thousand photographs, is published at ",
    "The repository is at ",
    "Trained checkpoints can be downloaded from ",
    "Materials are listed in the appendix and on ",
    "Code: ",
    "(code: ",
    "Code and models: ",
    "Project page: ",
    "Source-code link: ",
    "Data & scripts - ",
    "DATASET: ",
    "Demo: ",
    "12 pages, code at ",
    "12 pages; website: ",
    "See the demo at ",
    "Please see the demo at ",
    "Counts can be reproduced using the scripts at ",
    "The corpus is released under an open licence at ",
    "Code is available at https://github.com/ada/stones and ",
    "Models are available at https://ada.example/models{",
  ])("%s", (before) => {
    expect(relationOf(before)).toEqual({ relation: "own_code", rule: "own_availability" });
  });
});

describe("a work that speaks of itself decides for own_subject:", () => {
  test.each([
    "For details see our page ",
    "We release all stones at ",
    "We release scripts that were used for counting at ",
    "We provide counters (code: here), maps and more at ",
    "We share our scripts (",
    "We introduce Stonenet (",
    "The method is implemented in the R package stones (",
    "Stonenet is freely available at ",
    "This work lives in ",
    "This paper has its own page: ",
    "Everything is released under ",
    "Publicly available: ",
  ])("%s", (before) => {
    expect(relationOf(before)).toEqual({ relation: "own_code", rule: "own_subject" });
  });
});

describe("words that build on another's work decide for uses_built_on:", () => {
  test.each([
    "The stone counter is built on ",
    "It is built upon Pebblekit ",
    "Everything here was implemented on top of ",
    "The detector is adapted from ",
    "Some parts are borrowed from Pebblekit, ",
    "This is a fork of ",
    "Drones are steered using ",
    "The tool is integrated into the Pebblekit ",
    "Stonenet is built on Pebblekit, a library for counting (",
    "The counter was trained on the Gravel corpus (",
    "Our counter builds upon that of Stone et al. (",
    "Water levels were downloaded from ",
    "We run Pebblekit (",
    "We used the code available at ",
    "We use code that is available at ",
  ])("%s", (before) => {
    expect(relationOf(before)).toEqual({ relation: "uses", rule: "uses_built_on" });
  });
});

describe("words that compare with another's work decide for mentions_comparison:", () => {
  test.each([
    "It counts faster when compared with ",
    "This compares to ",
    "Stonenet outperforms ",
    "There are tools for this, such as ",
    "Some count by hand, e.g. ",
    "Some count by hand (e.g., Pebblekit at ",
    "The idea is similar to ",
    "Unlike ",
    "For pebbles, see also ",
    "Compared with Stonenet (",
    "It outperforms Stone et al. on five shores (",
    "We tested it against Stonenet (",
    "The study was registered at ",
  ])("%s", (before) => {
    expect(relationOf(before)).toEqual({ relation: "mentions", rule: "mentions_comparison" });
  });

  test("even where they name code of this kind", () => {
    expect(ruleOf("We compared our code to the implementation such as ")).toBe("mentions_comparison");
  });
});

describe("words that give a thing to somebody else decide for mentions_others:", () => {
  test.each([
    "Their code is available at ",
    "The original implementation can be found at ",
    "Existing benchmarks (",
    "Stone et al. released their data at ",
    "The code of Stone et al. is available at ",
  ])("%s", (before) => {
    expect(relationOf(before)).toEqual({ relation: "mentions", rule: "mentions_others" });
  });

  test.each([" (Stone et al., 2023)", " (Stone and Shore, 2021).", ") [12]", " (Stone, 2020)"])(
    "a reference behind the link: %s",
    (after) => {
      expect(ruleOf("The code is at ", after)).toBe("mentions_others");
    },
  );

  test.each([
    ["Our code is at ", " (Stone et al., 2023)"],
    ["The code is at ", " (version 2)"],
    ["The code is at ", " (in 2023)"],
    ["Models and their weights are available at ", ""],
    ["It beats existing models, and code is available at ", ""],
    ["It beats existing models, and we release it at ", ""],
  ])("but not %s…%s", (before, after) => {
    expect(relationOf(before, after).relation).toBe("own_code");
  });
});

describe("what a link serves, behind it, decides for own_availability:", () => {
  test.each([
    ["See ", " for code and videos."],
    ["Please visit ", " for the data."],
    ["", " contains our code."],
  ])("%s…%s", (before, after) => {
    expect(relationOf(before, after)).toEqual({ relation: "own_code", rule: "own_availability" });
  });

  test("only where the sentence begins with the link or sends the reader there", () => {
    expect(ruleOf("Stones were weighed with Scalebox (", ") for data augmentation")).toBe("no_rule");
    expect(ruleOf("See ", " and swim.")).toBe("no_rule");
  });
});

describe("words of no rule leave it unclear:", () => {
  test.each([
    "",
    "See ",
    "More at ",
    "Rivers carry many stones (",
    "The hourglass stands near ",
    "Vehicodes ",
    "We study the stones of ",
    "In our view the river (",
    "The models in the Pebble archive (",
    "Guidance is available to all swimmers at the harbour office (",
  ])("%j", (before) => {
    expect(relationOf(before)).toEqual({ relation: "unclear", rule: "no_rule" });
  });
});

describe("a rule", () => {
  test("decides the same in any case of letters", () => {
    for (const before of ["Our code is available at ", "It is adapted from ", "Unlike ", "See "])
      expect(relationOf(before.toUpperCase())).toEqual(relationOf(before));
  });

  test("takes whole words only", () => {
    expect(ruleOf("Decoder: ")).toBe("no_rule");
    expect(ruleOf("The weather hour ")).toBe("no_rule");
    expect(ruleOf("Owe it to ")).toBe("no_rule");
  });

  test("of building on does not reach over the end of a sentence", () => {
    expect(ruleOf("It is built on sand. See ")).toBe("no_rule");
  });

  test("of comparing does not reach over the end of a sentence", () => {
    expect(ruleOf("There are others such as Pebblekit. See ")).toBe("no_rule");
  });

  test("of offering does not see an offer far before the link", () => {
    const far = "pebbles and sand and more of them, ".repeat(5);
    expect(ruleOf(`Code is available; ${far}`)).toBe("no_rule");
  });

  test.each(["Our implementation is based on ", "We build on the code at ", "It counts using the library "])(
    "of building on is not overruled by the name of a thing: %s",
    (before) => {
      expect(ruleOf(before)).toBe("uses_built_on");
    },
  );

  test.each([
    "Stonenet outperforms all baselines (code: ",
    "Compared with hand counts it is fast; our code is available at ",
  ])("of comparing is not asked where an offer stands at the link: %s", (before) => {
    expect(ruleOf(before)).toBe("own_availability");
  });

  test.each([
    "Our code, built on Pebblekit, is at ",
    "It is built on Pebblekit and the code is available at ",
    "Code implemented using Rockscript available at ",
    "Our project builds on open data: code at ",
    "Stonenet, built on Pebblekit, beats it all (code: ",
    "Code for using the method: ",
  ])("of building on is not asked where a thing of this work stands at the link: %s", (before) => {
    expect(ruleOf(before)).toBe("own_availability");
  });

  test("is quick on words that begin many rules and end none", () => {
    const starts = [
      "code is available at ",
      "data ",
      "we release ",
      "their code ",
      "using ",
      "such as ",
      "al. ",
    ];
    for (const one of starts)
      for (const other of starts) {
        const text = `${(one + other).repeat(60).slice(0, 239)}!`;
        const started = performance.now();
        for (let times = 0; times < 10; times += 1) relationOf(text, ` (${text}`.slice(0, 60));
        expect(performance.now() - started, text).toBeLessThan(1_000);
      }
  });

  test("gives a relation and a rule that are published, for any text, in a moment", () => {
    const words = fc.constantFrom(
      "code",
      "is",
      "at",
      "data",
      "available",
      "on",
      "released",
      "our",
      "using",
      "(",
      ".",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: "binary" })), { maxLength: 60 }), (all) => {
        const started = performance.now();
        const { relation, rule } = relationOf(all.join(" ").slice(-240));
        expect(performance.now() - started).toBeLessThan(1_000);
        expect(Object.keys(RELATIONS)).toContain(relation);
        expect(Object.keys(RELATION_RULES)).toContain(rule);
        expect(relation === "unclear").toBe(rule === "no_rule");
      }),
    );
  });
});
