import { serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { TitleLesson } from "../../../pipeline/2-dedupe/corpus/title-lesson.ts";
import type { Profile } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { anyFacts, anyRecord, profiles, SPEAKING } from "../../support/mentions.ts";

type Known = Partial<Mention>;

function lessonOf(all: Iterable<Profile>, title = "countingriverstoneswithpatientdrones"): TitleLesson {
  const lesson = new TitleLesson(title);
  for (const profile of all) lesson.add(profile);
  return lesson;
}
const taughtBy = (known: readonly Known[]) => lessonOf(profiles(known));

/** All that a lesson teaches. */
const teachings = (lesson: TitleLesson) => {
  const repeats = new Map<string, number>();
  lesson.countRepeats(repeats);
  const venues = lesson.tellingOfVenues().map((all) => all.map(({ mention_id }) => mention_id).sort());
  return {
    isGeneric: lesson.isGeneric(),
    repeated: [...lesson.repeatedUses()].sort(),
    repeats: [...repeats].sort(),
    venues: venues.sort(([x = ""], [y = ""]) => (x < y ? -1 : 1)),
  };
};

/** Mentions of one title, and the same in another order. */
const anyOfOneTitle = fc
  .array(fc.oneof(anyFacts, anyRecord), { maxLength: 20 })
  .map((known) => profiles(known.map((one) => ({ ...one, title: SPEAKING }))))
  .chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );

describe("a lesson", () => {
  test("is the same in whatever order the mentions come", () => {
    fc.assert(
      fc.property(anyOfOneTitle, ([all, shuffled]) => {
        expect(teachings(lessonOf(shuffled))).toEqual(teachings(lessonOf(all)));
      }),
      { numRuns: 500 },
    );
  });

  test("does not depend on which of two people of one family name and initial comes last", () => {
    // whose name is Jonas alone may be Jonas Quill, and is not Jan Quill
    const lists = ["Jan Quill", "Jonas Quill", "Jonas", "Mei Lark"].map((name) => ({ authors: [name] }));
    expect(taughtBy(lists.toReversed()).isGeneric()).toBe(taughtBy(lists).isGeneric());
  });

  test("counts what a capture says again of one title, people and year", () => {
    const [a, b] = ["a".repeat(64), "b".repeat(64)];
    const one = { year: 2020, authors: ["Ada Quill"] };
    const all = [a, a, a, b, b].map((source_sha256) => ({ ...one, source_sha256 }));
    const lesson = taughtBy([...all, { ...one, year: 2021, source_sha256: a }]);
    const repeats = new Map([[a, 10]]);
    lesson.countRepeats(repeats);
    expect([...repeats]).toEqual([
      [a, 12],
      [b, 1],
    ]);
    expect(lesson.repeatedUses().size).toBe(2);
  });
});

describe("lists of people", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const nameAt = (at: number) => `${letters[Math.floor(at / 26) % 26]}${letters[at % 26]}`;
  /** Lists that have one author in common, and lists that stand behind them and have none. */
  const lists = (common: number, apart: number) => [
    ...Array.from({ length: common }, (_, at) => ({ authors: ["Ada Aaron", `Bo A${nameAt(at)}mund`] })),
    ...Array.from({ length: apart }, (_, at) => ({ authors: [`Zoe Z${nameAt(at * 29)}${nameAt(at * 83)}`] })),
  ];

  test("are held against each other as far as the first thirty by their names", () => {
    expect(taughtBy(lists(28, 3)).isGeneric()).toBe(true);
    expect(taughtBy(lists(29, 3)).isGeneric()).toBe(false);
  });

  test("are the first thirty in whatever order hundreds of them come", () => {
    const all = lists(30, 200);
    expect(taughtBy(all).isGeneric()).toBe(false);
    expect(taughtBy(all.toReversed()).isGeneric()).toBe(false);
    const others = lists(20, 200);
    expect(taughtBy(others).isGeneric()).toBe(true);
    expect(taughtBy(others.toReversed()).isGeneric()).toBe(true);
  });
});

describe("of venues a title tells", () => {
  const listed = (count: number, known: Known = {}) =>
    Array.from({ length: count }, () => ({
      year: 2020,
      authors: ["Ada Quill"],
      venue: "Lapidaria",
      ...known,
    }));
  const told = (known: readonly Known[], title?: string) =>
    lessonOf(profiles(known), title)
      .tellingOfVenues()
      .map((all) => all.length);

  test("where two to six mentions of one year name people and a venue", () => {
    expect([0, 1, 2, 6, 7, 50].map((count) => told(listed(count)))).toEqual([[], [], [2], [6], [], []]);
  });

  test("each year for itself", () => {
    expect(told([...listed(7), ...listed(2, { year: 2021 }), ...listed(1, { year: 2022 })])).toEqual([2]);
  });

  test("not where a mention names nobody, no year or no venue, and not where the title is short", () => {
    for (const known of [{ authors: [] }, { authors: null }, { year: null }, { venue: null }])
      expect(told(listed(2, known))).toEqual([]);
    expect(told(listed(2), "riverstones")).toEqual([]);
  });
});

describe("what a lesson holds", () => {
  const abstract = Array.from({ length: 400 }, (_, at) => `word${at}`).join(" ");
  /** So many mentions of one title, made one at a time. */
  function* many(count: number, known: (at: number) => Known): Generator<Profile> {
    for (let at = 0; at < count; at += 1) yield* profiles([{ abstract, venue: "Lapidaria", ...known(at) }]);
  }
  const size = (count: number, known: (at: number) => Known) =>
    serialize(lessonOf(many(count, known))).byteLength;

  test("does not grow with mentions by the same people in the same years", () => {
    const known = (at: number) => ({ year: 2000 + (at % 5), authors: [`Ada Quill${at % 50}`] });
    // a greater count takes a byte more
    expect(size(5_000, known) - size(500, known)).toBeLessThan(100);
  });

  test("is no abstract and no list of people for each mention by others", () => {
    const known = (at: number) => ({
      year: 2020,
      authors: Array.from({ length: 3 }, (_, i) => `Q${at}x${i}`),
    });
    expect(size(5_000, known) / 5_000).toBeLessThan(200);
  });
});

test("what all mentions teach is the same in whatever order they come", () => {
  const anyAll = fc
    .array(fc.oneof(anyFacts, anyRecord), { maxLength: 25 })
    .map(profiles)
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
  fc.assert(
    fc.property(anyAll, ([all, shuffled]) => {
      const [one, other] = [learn(all), learn(shuffled)];
      for (const a of all) {
        expect(other.isGeneric(a)).toBe(one.isGeneric(a));
        expect(other.isUnique(a)).toBe(one.isUnique(a));
        expect(other.listsOnce(a.source)).toBe(one.listsOnce(a.source));
        for (const b of all) expect(other.venues(a, b)).toBe(one.venues(a, b));
      }
    }),
  );
});
