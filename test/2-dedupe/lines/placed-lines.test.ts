import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { compareAll } from "../../../pipeline/2-dedupe/compare/compare-pairs.ts";
import { gatherLines } from "../../../pipeline/2-dedupe/lines/gather-lines.ts";
import { memberLines } from "../../../pipeline/2-dedupe/lines/placed-lines.ts";
import { readMembers } from "../../../pipeline/2-dedupe/lines/work-lines.ts";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { packed } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import { joinWorks, lessonsOf } from "../../../pipeline/2-dedupe/works/works.ts";
import { LineStarts } from "../../../pipeline/core/line-starts.ts";
import { ownFolder } from "../../support/folder.ts";
import { nth } from "../../support/groups.ts";
import { anyMentions, anyRecords, mention } from "../../support/mentions.ts";

const inFolder = ownFolder();

/** Writes mentions in the reverse order of their ids, and finds their works. */
function written(mentions: readonly Mention[]) {
  const path = inFolder("mentions.jsonl");
  const lines = mentions.toReversed().map((one) => Buffer.from(`${JSON.stringify(one)}\n`));
  writeFileSync(path, Buffer.concat(lines));
  const starts = new LineStarts();
  starts.add(lines.map(({ length }) => length));
  const order = Int32Array.from(mentions, (_, place) => mentions.length - 1 - place);
  const profiles = packed(mentions.map(profileOf));
  const lessons = lessonsOf(profiles);
  const { works } = joinWorks(profiles, lessons, compareAll(profiles, lessons), []);
  return { placed: { path, starts: starts.all(), order }, works };
}

/** The lists of works with their lines. */
function listsOf(mentions: readonly Mention[]) {
  const { placed, works } = written(mentions);
  return [...memberLines(placed, works, works.firsts)];
}

const membersIn = (lists: ReturnType<typeof listsOf>) =>
  lists.flatMap(({ lines }) => [...readMembers(structuredClone(lines))]);

describe("the lines of works", () => {
  test("are read as their members, with ties and doubts, wherever they stand in the file", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        expect(membersIn(listsOf(mentions))).toEqual(cluster(mentions));
      }),
    );
  });

  test("come in lists of five hundred works, each work in one of them", () => {
    const lists = listsOf(Array.from({ length: 1_201 }, (_, at) => mention(nth(at), { title: "" })));
    expect(lists.map(({ firsts }) => firsts.length)).toEqual([500, 500, 201]);
    expect(lists.flatMap(({ firsts }) => firsts)).toEqual([...Array(1_201).keys()]);
  });
});

const { signal } = new AbortController();

describe("gathered lines", () => {
  test("are read as they were, for any order of works and any sizes of reading and writing", async () => {
    const sizes = fc.record({
      region: fc.integer({ min: 1, max: 20_000 }),
      read: fc.integer({ min: 1, max: 5_000 }),
      write: fc.integer({ min: 1, max: 5_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyMentions, anyRecords), sizes, async (mentions, gathering) => {
        const { placed, works } = written(mentions);
        const firsts = works.firsts.toReversed();
        const gathered = await gatherLines(
          placed,
          works,
          firsts,
          inFolder("gathered.jsonl"),
          signal,
          gathering,
        );
        const before = membersIn([...memberLines(placed, works, firsts)]);
        expect(membersIn([...memberLines(gathered, works, firsts)])).toEqual(before);
        const lines = (path: string) => readFileSync(path, "utf8").split("\n").sort();
        expect(lines(gathered.path)).toEqual(lines(placed.path));
      }),
    );
  });

  test("stand in the order of their works, region by region", async () => {
    const mentions = Array.from({ length: 60 }, (_, at) => mention(nth(at), { title: "" }));
    const { placed, works } = written(mentions);
    const region = 3 * (placed.starts[1] ?? 0);
    const into = inFolder("gathered.jsonl");
    const gathered = await gatherLines(placed, works, works.firsts, into, signal, {
      region,
      read: 4_000,
      write: 100,
    });
    const found = Array.from(gathered.order, (line) => Math.floor((gathered.starts[line] ?? 0) / region));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(new Set(found).size).toBe(20);
  });

  test("are not gathered to the end once the run is stopped", async () => {
    const { placed, works } = written([mention("m_1"), mention("m_2")]);
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(
      gatherLines(placed, works, works.firsts, inFolder("gathered.jsonl"), stopped),
    ).rejects.toThrow("stopped");
  });
});
