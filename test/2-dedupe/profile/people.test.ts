import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { peopleOf, sharedPeople } from "../../../pipeline/2-dedupe/profile/people.ts";
import { anyAuthors } from "../../support/mentions.ts";

const one = (name: string) => peopleOf([name]);
const share = (a: string[], b: string[]) => sharedPeople(peopleOf(a), peopleOf(b));

describe("a name", () => {
  test.each([
    ["with the family name last", "Ada B. Quill", ["quill"], "ab"],
    ["with the family name before a comma", "Quill, Ada B.", ["quill"], "ab"],
    ["with a family name of two words", "van Quill, Ada", ["van", "quill"], "a"],
    ["with initials behind", "Quill A. B.", ["quill"], "ab"],
    ["of two words with initials behind", "van Quill A.", ["van", "quill"], "a"],
    ["with initials written together behind", "Quill AB", ["quill"], "a"],
    ["with accents", "Ada Müller", ["muller"], "a"],
    ["of one word", "Quill", ["quill"], ""],
    ["in capitals", "ADA QUILL", ["quill"], "a"],
    ["with an initial in front of a comma only", "Q, Ada", ["ada"], "q"],
    ["with a comma in front", ", Ada Quill", ["quill"], "a"],
  ])("%s has a family name and initials", (_what, name, family, initials) => {
    expect(one(name)).toMatchObject([{ family, initials }]);
  });

  test.each(["", "  ", "A. B.", "…", "🚁"])("is none in %j", (name) => {
    expect(one(name)).toEqual([]);
  });

  test.each([
    "Corporate author",
    "Unknown",
    "anonymous",
    "Anon",
    "The River Stone Team",
    "et al.",
    "et al",
    "others",
    "University of Stones",
    "Stones Corp",
    "Stones Inc.",
    "The Stone Consortium",
  ])("of nobody is left out: %s", (name) => {
    expect(one(name)).toEqual([]);
  });

  test("has words of two letters or more, those of the family name first", () => {
    expect(one("Ada B. Quill")).toMatchObject([{ words: ["quill", "ada"] }]);
  });

  test("that begins like such a word is one", () => {
    expect(one("Ada Others-Quill")).toHaveLength(1);
    expect(one("Mei Incam")).toHaveLength(1);
  });
});

describe("a list of authors", () => {
  test("names nobody where it is not known or empty", () => {
    expect(peopleOf(null)).toEqual([]);
    expect(peopleOf([])).toEqual([]);
  });

  test("glued together is parted behind initials", () => {
    expect(peopleOf(["Quill A.Reed J.O'Lark M."]).map(({ family }) => family)).toEqual([
      ["quill"],
      ["reed"],
      ["lark"],
    ]);
  });

  test("is read up to 200 names", () => {
    expect(peopleOf(Array.from({ length: 10_000 }, () => "Ada Quill"))).toHaveLength(200);
  });
});

describe("two lists share", () => {
  test.each<[string, string[], string[], number | null]>([
    ["everybody, whatever the order", ["Ada Quill", "Jan Reed"], ["Reed, J.", "Quill, A."], 1],
    ["everybody of the shorter list", ["Ada Quill", "Jan Reed", "Mei Lark"], ["Mei Lark"], 1],
    ["half of the shorter list", ["Ada Quill", "Jan Reed"], ["Jan Reed", "Otto Fenn"], 0.5],
    ["nobody", ["Ada Quill"], ["Jan Reed"], 0],
    ["nothing that can be told where one names nobody", ["Ada Quill"], [], null],
    ["nobody where initials contradict", ["Ada Quill"], ["Bo Quill"], 0],
    ["a name without initials with any initials", ["Quill"], ["Ada Quill"], 1],
    ["a name with one more initial", ["Ada B. Quill"], ["A. Quill"], 1],
    ["a name with accents and one without", ["Ada Müller"], ["A. Muller"], 1],
    ["a name cut short", ["Ada Quillington"], ["A. Quilling"], 1],
    ["a long name cut very short", ["Ada Quillingtonham"], ["A. Quil"], 1],
    ["a name with a letter wrong", ["Ada Quillington"], ["Ada Quilington"], 1],
    ["a name of three that changed places with a given one", ["Quill Ada Bo"], ["Quill"], 1],
    ["the first of two family names", ["Ada Quill Reed"], ["Quill, A."], 1],
    ["no name of three letters with a longer one", ["Ada Lee"], ["Ada Leeming"], 0],
    ["no name with another one that ends alike", ["Ada Johnson"], ["Ada Swanson"], 0],
  ])("%s", (_rule, a, b, value) => {
    expect(share(a, b)).toBe(value);
    expect(share(b, a)).toBe(value);
  });

  test("a name whose two words changed places", () => {
    expect(share(["Quill Ada"], ["Ada Quill"])).toBe(1);
  });

  test("the same whichever list comes first, where they are not equally long", () => {
    fc.assert(
      fc.property(anyAuthors, anyAuthors, (a, b) => {
        const [x, y] = [peopleOf(a), peopleOf(b)];
        if (x.length !== y.length) expect(sharedPeople(x, y)).toBe(sharedPeople(y, x));
      }),
      { numRuns: 500 },
    );
  });

  test("the same whichever list comes first, where they are equally long", () => {
    const [a, b]: [string[], string[]] = [
      ["Ada Quill", "Bo Quill"],
      ["Quill", "Jan Reed"],
    ];
    expect(share(a, b)).toBe(share(b, a));
  });

  test("a share from 0 to 1, and all of itself", () => {
    fc.assert(
      fc.property(anyAuthors, (names) => {
        const people = peopleOf(names);
        expect(sharedPeople(people, people)).toBe(people.length === 0 ? null : 1);
      }),
    );
  });
});
