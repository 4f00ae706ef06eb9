import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { profiles } from "../../support/mentions.ts";

const SHORT = "Stones of the river";
const LONG = "Counting river stones with patient drones";
const A = "a".repeat(64);
const B = "b".repeat(64);

/** Whether mentions of one title with these facts make it generic. */
function isGeneric(...known: readonly Partial<Mention>[]): boolean {
  const all = profiles(known);
  const [first] = all;
  return first !== undefined && learn(all).isGeneric(first);
}
const years = (title: string, ...all: readonly (number | null)[]) => all.map((year) => ({ title, year }));
const by = (title: string, ...names: readonly string[]) =>
  names.map((name) => ({ title, authors: name === "" ? [] : [name] }));

describe("a title is generic", () => {
  test("where it has less than twelve letters", () => {
    expect(isGeneric({ title: "River notes" })).toBe(true);
    expect(isGeneric({ title: "River, notes!" })).toBe(true);
    expect(isGeneric({ title: "River notes 2" })).toBe(true);
  });

  test("where it has less than twelve letters, also when the corpus does not know it", () => {
    const [short, long] = profiles([{ title: "Stones" }, { title: LONG }]);
    expect(short && learn([]).isGeneric(short)).toBe(true);
    expect(long && learn([]).isGeneric(long)).toBe(false);
  });

  test("where it comes back in another year and has less than thirty letters", () => {
    expect(isGeneric(...years(SHORT, 2020, 2021))).toBe(true);
    expect(isGeneric(...years(SHORT, 2020, 2020, null))).toBe(false);
    expect(isGeneric(...years(LONG, 2020, 2021))).toBe(false);
  });

  test("where it comes back in a third year, however long it is", () => {
    expect(isGeneric(...years(LONG, 2020, 2021, 2022))).toBe(true);
  });

  test("where three have it and nobody is an author of two", () => {
    expect(isGeneric(...by(LONG, "Ada Quill", "Jan Reed", "Mei Lark"))).toBe(true);
    expect(isGeneric(...by(LONG, "Ada Quill", "Jan Reed"))).toBe(false);
    expect(isGeneric(...by(LONG, "Ada Quill", "Quill, A.", "Quill"))).toBe(false);
    expect(isGeneric(...by(LONG, "", "", ""))).toBe(false);
  });

  test("however a source writes it", () => {
    expect(isGeneric({ title: SHORT, year: 2020 }, { title: SHORT.toUpperCase(), year: 2021 })).toBe(true);
  });
});

describe("a generic title is unique", () => {
  const unique = (...known: readonly Partial<Mention>[]) => {
    const all = profiles(known.map((facts) => ({ title: "Stones", ...facts })));
    const corpus = learn(all);
    return all.map((one) => corpus.isUnique(one));
  };

  test("where its capture has it once for a year and its people", () => {
    expect(unique({ year: 2020 }, { year: 2021 })).toEqual([true, true]);
    expect(unique({ year: 2020 }, { year: 2020 })).toEqual([false, false]);
    expect(unique({ authors: ["Ada Quill"] }, { authors: ["Jan Reed"] })).toEqual([true, true]);
    expect(unique({ authors: ["Ada Quill"] }, { authors: ["Quill, A."] })).toEqual([false, false]);
    expect(unique({ source_sha256: A }, { source_sha256: B })).toEqual([true, true]);
  });

  test("where the corpus does not know it", () => {
    const [one] = profiles([{ title: "Stones" }]);
    expect(one && learn([]).isUnique(one)).toBe(true);
  });
});

describe("a capture lists each work once", () => {
  const listing = (count: number, twice: number, generic = 0) =>
    profiles([
      ...Array.from({ length: count - twice - generic }, (_, i) => ({
        title: `${LONG} on day ${i} of many`,
      })),
      ...Array.from({ length: twice }, (_, i) => ({ title: `${LONG} on day ${i} of many` })),
      ...Array.from({ length: generic }, () => ({ title: "Editorial" })),
    ]);
  const once = (...args: Parameters<typeof listing>) => {
    const all = listing(...args);
    return learn(all).listsOnce(all[0]?.source ?? "");
  };

  test("where hardly any title stands in it twice", () => {
    expect(once(200, 0)).toBe(true);
    expect(once(200, 1)).toBe(true);
    expect(once(200, 2)).toBe(false);
  });

  test("only where it has a hundred mentions", () => {
    expect(once(99, 0)).toBe(false);
    expect(once(100, 0)).toBe(true);
  });

  test("whatever columns come back in it", () => {
    expect(once(200, 0, 50)).toBe(true);
  });

  test("as far as it is known: of another capture nothing is", () => {
    expect(learn(listing(200, 0)).listsOnce(B)).toBe(false);
  });

  test("where equal titles are of other years or people", () => {
    const all = profiles(
      Array.from({ length: 200 }, (_, i) => ({
        title: `${LONG} on day ${i >> 1} of many`,
        year: 2000 + (i % 2),
      })),
    );
    expect(learn(all).listsOnce(all[0]?.source ?? "")).toBe(true);
  });
});

describe("of two venues that their names do not tell apart", () => {
  const X = "River Papers";
  const Y = "Lapidaria";
  /** Works listed in two venues each, all by the same author in the same year. */
  const listed = (pairs: readonly (readonly [string, string])[], known: Partial<Mention> = {}) =>
    pairs.flatMap(([x, y], i) =>
      [x, y].map((venue) => ({
        title: `${LONG} on day ${i} of many`,
        year: 2020,
        authors: ["Ada Quill"],
        venue,
        ...known,
      })),
    );
  const relation = (known: readonly Partial<Mention>[], x = X, y = Y) => {
    const [a, b] = profiles([{ venue: x }, { venue: y }]);
    return a && b && learn(profiles(known)).venues(a, b);
  };
  const times = (count: number, y: string) => Array.from({ length: count }, () => [X, y] as const);

  test("nothing is known without works in both", () => {
    expect(relation([])).toBe("unknown");
    expect(relation(listed(times(19, Y)))).toBe("unknown");
  });

  test("they are one where at least half of twenty works stand in both", () => {
    expect(relation(listed(times(20, Y)))).toBe("same");
    expect(relation(listed([...times(10, Y), ...times(10, "Stone Post")]))).toBe("same");
  });

  test("they are two where hardly any work stands in both", () => {
    expect(relation(listed(times(30, "Stone Post")))).toBe("different");
  });

  test("between the two nothing is told", () => {
    // each with enough works elsewhere
    const elsewhere = [
      ...times(20, "Stone Post"),
      ...times(20, "Stone Post").map(() => [Y, "Stone Post"] as const),
    ];
    expect(relation(listed([...times(5, Y), ...elsewhere]))).toBe("unknown");
  });

  test("only works of one year, with common authors and a speaking title count", () => {
    expect(relation(listed(times(20, Y), { authors: [] }))).toBe("unknown");
    expect(relation(listed(times(20, Y), { year: null }))).toBe("unknown");
    expect(relation(listed(times(20, Y)).map((one, i) => ({ ...one, title: `Stones ${i >> 1}` })))).toBe(
      "unknown",
    );
    expect(relation(listed(times(20, Y)).map((one, i) => ({ ...one, year: 2020 + (i % 2) })))).toBe(
      "unknown",
    );
    expect(
      relation(
        listed(times(20, Y)).map((one, i) => ({ ...one, authors: [i % 2 ? "Ada Quill" : "Jan Reed"] })),
      ),
    ).toBe("unknown");
  });

  test("a title of more than six mentions does not count", () => {
    const crowd = listed(times(20, Y)).flatMap((one) => [one, one, one, one]);
    expect(relation(crowd)).toBe("unknown");
  });

  test("a name that tells is believed more than the corpus", () => {
    const [journal, conference] = ["Journal of River Stones", "Conference on River Stones"];
    const both = Array.from({ length: 30 }, () => [journal, conference] as const);
    expect(relation(listed(both), journal, conference)).toBe("different");
  });

  test("the same name is the same venue, though it says nothing", () => {
    expect(relation([], "International Conference", "International Conference")).toBe("same");
  });
});

test("neither the order of the mentions nor their ids change what is learnt", () => {
  const known = [
    ...years(SHORT, 2020, 2021),
    ...by(LONG, "Ada Quill", "Quill, A.", "Jan Reed"),
    ...years("Other stones of other rivers", 2020, null),
  ];
  const all = profiles(known);
  const turned = learn(all.toReversed().map((one, i) => ({ ...one, mention_id: `x_${i}` })));
  for (const one of all) {
    expect(turned.isGeneric(one)).toBe(learn(all).isGeneric(one));
    expect(turned.isUnique(one)).toBe(learn(all).isUnique(one));
  }
});

test("whether a title is generic does not depend on which of its mentions comes first", () => {
  const lists = [["Ada Quill"], ["Ada Quill", "Jan Reed"], ["Jan Reed"]];
  const titled = (all: readonly string[][]) => isGeneric(...all.map((authors) => ({ title: LONG, authors })));
  const turned = [...lists.slice(1), ...lists.slice(0, 1)];
  expect(titled(lists)).toBe(titled(turned));
});

test("whether a title of many mentions is generic does not depend on their order", () => {
  const crowd = [...years(SHORT, ...Array.from({ length: 250 }, () => 2020)), ...years(SHORT, 2021)];
  expect(isGeneric(...crowd)).toBe(isGeneric(...crowd.toReversed()));
});
