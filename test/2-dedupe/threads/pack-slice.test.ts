import { statSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention, PaperFacts } from "../../../pipeline/1-parse/mention.ts";
import { mergeFacts } from "../../../pipeline/2-dedupe/merge.ts";
import { firstChoice } from "../../../pipeline/2-dedupe/names/ids.ts";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { ProfileStore } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { type PackedSlice, packSlice } from "../../../pipeline/2-dedupe/threads/pack-slice.ts";
import { ownFolder } from "../../support/folder.ts";
import { anyMentions, anyRecords, mention } from "../../support/mentions.ts";

const inFolder = ownFolder();

function write(mentions: readonly Mention[]): { readonly path: string; readonly size: number } {
  const path = inFolder("mentions.jsonl");
  writeFileSync(path, mentions.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return { path, size: statSync(path).size };
}

/** The facts of each line, found by the lengths. */
function factsIn({ facts, factLengths }: PackedSlice): PaperFacts[] {
  let end = 0;
  return Array.from(factLengths, (length) => {
    end += length;
    return JSON.parse(Buffer.from(facts).toString("utf8", end - length, end)) as PaperFacts;
  });
}

describe("a packed slice", () => {
  test("has of every line its profile, its length, the id that it would like to have, and what works are named by", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), fc.nat(), (mentions, cut) => {
        const { path, size } = write(mentions);
        const middle = size === 0 ? 0 : cut % size;
        const ends = [...new Set([0, middle, size])];
        const slices = ends.slice(1).map((to, at) => packSlice({ path, from: ends[at] ?? 0, to }));
        const store = new ProfileStore();
        for (const { batch } of slices) store.add(batch);
        const profiles = store.asAdded();
        expect(mentions.map((_, at) => profiles.at(at))).toEqual(mentions.map(profileOf));
        expect(slices.flatMap(({ lengths }) => [...lengths])).toEqual(
          mentions.map((one) => Buffer.byteLength(JSON.stringify(one)) + 1),
        );
        expect(slices.map(({ ids }) => ids).join("")).toBe(
          mentions.map((one) => firstChoice(mergeFacts([one]))).join(""),
        );
        const facts = slices.flatMap(factsIn);
        expect(facts).toHaveLength(mentions.length);
        for (const [at, one] of facts.entries())
          expect(mentions[at]).toMatchObject({ ...one, abstract: mentions[at]?.abstract });
        expect(firstChoice(mergeFacts(facts))).toBe(firstChoice(mergeFacts(mentions)));
      }),
      { numRuns: 60 },
    );
  });

  test("has nothing of a slice before it that could not be read to its end", () => {
    const path = inFolder("torn.jsonl");
    writeFileSync(path, `${JSON.stringify(mention("m_1"))}\n{"mention_id":\n`);
    expect(() => packSlice({ path, from: 0, to: statSync(path).size })).toThrow(SyntaxError);
    const { path: whole, size } = write([mention("m_2")]);
    const { batch } = packSlice({ path: whole, from: 0, to: size });
    expect([...batch.starts]).toEqual([0]);
  });
});
