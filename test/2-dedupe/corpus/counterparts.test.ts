import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Counterparts,
  countVenues,
  relationOf,
} from "../../../pipeline/2-dedupe/corpus/counterparts.ts";
import type { Profile } from "../../../pipeline/2-dedupe/profile/profile.ts";
import type { Venue } from "../../../pipeline/2-dedupe/profile/venues.ts";
import { anyRecord, profiles } from "../../support/mentions.ts";

const counted = (...groups: readonly (readonly Profile[])[]): Counterparts => {
  const counterparts: Counterparts = { pairs: new Map(), totals: new Map() };
  for (const group of groups) countVenues(group, counterparts);
  return counterparts;
};
/** Mentions of one title by one author in these venues. */
const inVenues = (...venues: readonly (string | null)[]) =>
  profiles(venues.map((venue) => ({ venue, authors: ["Ada Quill"] })));

describe("venues of one title and year", () => {
  test("are counted each pair once and both ways, however often it is there", () => {
    const { pairs, totals } = counted(inVenues("Lapidaria", "Stone Post", "Lapidaria", "Stone Post"));
    expect([...pairs.values()]).toEqual([1, 1, 1, 1]);
    expect([...totals.values()]).toEqual([2, 2]);
  });

  test("are not counted where people differ or a mention has none", () => {
    const [one, other] = profiles([
      { venue: "Lapidaria", authors: ["Ada Quill"] },
      { venue: "Stone Post", authors: ["Jan Reed"] },
    ]);
    expect(counted([one as Profile, other as Profile]).pairs.size).toBe(0);
    expect(counted(inVenues("Lapidaria", null)).pairs.size).toBe(0);
  });

  test("count the same in whatever order the mentions come, and alike both ways", () => {
    const anyAlike = fc.array(anyRecord, { maxLength: 6 }).map(profiles);
    fc.assert(
      fc.property(fc.array(anyAlike, { maxLength: 4 }), (groups) => {
        const one = counted(...groups);
        const other = counted(...groups.toReversed().map((all) => all.toReversed()));
        expect(other.pairs).toEqual(one.pairs);
        expect(other.totals).toEqual(one.totals);
        const venues = groups.flat().flatMap(({ venue }): Venue[] => (venue === null ? [] : [venue]));
        for (const a of venues)
          for (const b of venues) expect(relationOf(a, b, one)).toBe(relationOf(b, a, one));
      }),
    );
  });
});

describe("two venues whose names say nothing", () => {
  const named = (name: string): Venue => ({ kind: null, words: [name] });
  const key = (name: string) => `null:${name}`;
  const [x, y] = [named("x"), named("y")];
  const relation = (both: number, ofX: number, ofY: number) =>
    relationOf(x, y, {
      pairs: new Map([[`${key("x")}\0${key("y")}`, both]]),
      totals: new Map([
        [key("x"), ofX],
        [key("y"), ofY],
      ]),
    });

  test.each([
    ["unknown while neither has twenty works that are listed elsewhere", 19, 19, 19, "unknown"],
    ["the same where half of either's works stand in both", 10, 20, 100, "same"],
    ["the same where half of the other's works do", 10, 100, 20, "same"],
    ["not told where less than half do", 9, 20, 100, "unknown"],
    ["different where less than one in twenty does", 1, 21, 100, "different"],
    ["not told where one in twenty does", 1, 20, 100, "unknown"],
    ["different where none does and one of them is hardly known", 0, 20, 0, "different"],
  ])("are %s", (_what, both, ofX, ofY, expected) => {
    expect(relation(both, ofX, ofY)).toBe(expected);
  });

  test("are the same where they are one, known or not", () => {
    expect(relationOf(x, named("x"), { pairs: new Map(), totals: new Map() })).toBe("same");
  });
});
