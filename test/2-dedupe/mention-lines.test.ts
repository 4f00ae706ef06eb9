import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { compareAll } from "../../pipeline/2-dedupe/compare/compare-pairs.ts";
import { memberLines } from "../../pipeline/2-dedupe/mention-lines.ts";
import { profileOf } from "../../pipeline/2-dedupe/profile/profile.ts";
import { packed } from "../../pipeline/2-dedupe/store/profiles.ts";
import { readMembers } from "../../pipeline/2-dedupe/threads/member-lines.ts";
import { cluster } from "../../pipeline/2-dedupe/works/cluster.ts";
import { joinWorks, lessonsOf } from "../../pipeline/2-dedupe/works/works.ts";
import { ownFolder } from "../support/folder.ts";
import { nth } from "../support/groups.ts";
import { anyMentions, anyRecords, mention } from "../support/mentions.ts";

const inFolder = ownFolder();

/** Writes mentions in the reverse order of their ids, and gives the lists of their works with their lines. */
function listsOf(mentions: readonly Mention[]) {
  const path = inFolder("mentions.jsonl");
  const lines = mentions.toReversed().map((one) => Buffer.from(`${JSON.stringify(one)}\n`));
  writeFileSync(path, Buffer.concat(lines));
  const starts = new Float64Array(lines.length + 1);
  for (const [at, line] of lines.entries()) starts[at + 1] = (starts[at] ?? 0) + line.length;
  const order = Int32Array.from(mentions, (_, place) => mentions.length - 1 - place);
  const profiles = packed(mentions.map(profileOf));
  const lessons = lessonsOf(profiles);
  const { works } = joinWorks(profiles, lessons, compareAll(profiles, lessons), []);
  return [...memberLines({ path, starts, order }, works, works.firsts)];
}

describe("the lines of works", () => {
  test("are read as their members, with ties and doubts, wherever they stand in the file", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const members = listsOf(mentions).flatMap(({ lines }) => [...readMembers(structuredClone(lines))]);
        expect(members).toEqual(cluster(mentions));
      }),
    );
  });

  test("come in lists of five hundred works, each work in one of them", () => {
    const lists = listsOf(Array.from({ length: 1_201 }, (_, at) => mention(nth(at), { title: "" })));
    expect(lists.map(({ firsts }) => firsts.length)).toEqual([500, 500, 201]);
    expect(lists.flatMap(({ firsts }) => firsts)).toEqual([...Array(1_201).keys()]);
  });
});
