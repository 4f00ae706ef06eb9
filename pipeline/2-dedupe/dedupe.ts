import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Mention } from "../1-parse/mention.ts";
import { writeRecords } from "../core/files.ts";
import { Growing } from "../core/growing.ts";
import type { Release } from "../core/release.ts";
import { RecordLines, type Stage } from "../core/stage.ts";
import { inOrder, openThreads, type Threads } from "../core/threads.ts";
import { compareApart } from "./compare/compare-apart.ts";
import { type MentionLines, memberLines } from "./mention-lines.ts";
import { type Earlier, readEarlier } from "./names/earlier.ts";
import { IdTexts } from "./names/id-texts.ts";
import { type NamedWorks, nameWorks } from "./names/names.ts";
import type { Paper } from "./paper.ts";
import { ProfileStore, type Profiles, type Spill } from "./store/profiles.ts";
import { type DedupeAnswers, dedupeAnswers } from "./threads/answers.ts";
import { slicesOf } from "./threads/line-slices.ts";
import { readMembers } from "./threads/member-lines.ts";
import { unnamedOf } from "./threads/merge-works.ts";
import type { Override } from "./works/overrides.ts";
import { joinWorks, type Works } from "./works/works.ts";

export interface DedupeConfig {
  readonly overrides: readonly Override[];
  /** The release whose ids are kept. */
  readonly previous: Release | null;
}

type DedupeThreads = Threads<DedupeAnswers>;

const THREAD = new URL("./threads/thread.ts", import.meta.url);

/** What the stage may spend, in bytes. Nothing that it finds follows from it. */
export interface Means {
  /** Starting threads costs more than fewer bytes of mentions do. */
  readonly worthThreads: number;
  /** So much of what is compared stays in memory; a million mentions have about half of a gigabyte. */
  readonly inMemory: number;
}
const USUAL_MEANS: Means = { worthThreads: 1 << 25, inMemory: 1 << 30 };

/** All mentions of a file, packed. */
interface Packed {
  readonly profiles: Profiles;
  readonly lines: MentionLines;
  readonly ids: IdTexts;
}

/** Packs what is compared of all mentions, and notes where each one's line begins. */
async function packMentions(path: string, spill: Spill, threads: DedupeThreads): Promise<Packed> {
  const store = new ProfileStore(spill);
  const starts = new Growing((length) => new Float64Array(length));
  const texts = new IdTexts();
  let start = 0;
  const packed = inOrder(slicesOf(path), threads.atOnce, (slice) => threads.ask("pack", slice));
  for await (const { batch, lengths, ids } of packed) {
    store.add(batch);
    texts.push(ids);
    for (const length of lengths) {
      starts.push(start);
      start += length;
    }
  }
  starts.push(start);
  const { profiles, order } = store.finish();
  return { profiles, lines: { path, starts: starts.all(), order }, ids: texts };
}

/** Decides which mentions are one work. */
async function findWorks({ profiles }: Packed, overrides: readonly Override[], threads: DedupeThreads) {
  const { lessons, compared } = await compareApart(profiles, threads);
  return { ...joinWorks(profiles, lessons, compared, overrides), asked: compared.asked };
}

/** Names works: those of several mentions are looked at for it, since each says something else of what they are. */
async function findNames(
  { lines, ids }: Packed,
  works: Works,
  earlier: Earlier,
  threads: DedupeThreads,
): Promise<NamedWorks> {
  const { firsts, sizeOf } = works;
  const lineOf = (first: number) => lines.order[first] ?? 0;
  const several = memberLines(
    lines,
    works,
    firsts.values().filter((first) => sizeOf(first) > 1),
  );
  const choices = inOrder(several, threads.atOnce, async (some) => ({
    ...some,
    ids: await threads.ask("firstChoices", some.lines),
  }));
  for await (const some of choices)
    for (const [at, id] of some.ids.entries()) ids.set(lineOf(some.firsts[at] ?? 0), id);

  const keys = earlier.lost.keys();
  if (keys.size > 0) await threads.askAll("prepareKeys", keys);
  const all = keys.size === 0 ? [] : memberLines(lines, works, firsts.values());
  const claims = inOrder(all, threads.atOnce, async (some) => ({
    ...some,
    found: await threads.ask("worksWithKeys", some.lines),
  }));
  for await (const some of claims)
    for (const { work, unnamed } of some.found) earlier.lost.claim(some.firsts[work] ?? 0, unnamed);

  return nameWorks(
    {
      firsts,
      choiceOf: (first) => ids.at(lineOf(first)),
      read(first) {
        const [one] = memberLines(lines, works, [first]);
        const [members = []] = one === undefined ? [] : readMembers(one.lines);
        return { work: unnamedOf(members), firstMention: members[0]?.mention.mention_id ?? "" };
      },
    },
    earlier,
  );
}

/** Every paper's line, in the order of ids. */
async function* paperLines(
  { lines }: Packed,
  works: Works,
  { firsts, nameOf }: NamedWorks,
  threads: DedupeThreads,
): AsyncGenerator<RecordLines<Paper>> {
  const all = memberLines(lines, works, firsts.values());
  yield* inOrder(all, threads.atOnce, async (some) => {
    const bytes = await threads.ask("paperLines", { lines: some.lines, names: some.firsts.map(nameOf) });
    return new RecordLines<Paper>(bytes, some.firsts.length);
  });
}

/**
 * Makes one paper of all mentions of a work, in the order of paper ids. Mentions are read to be compared and again to
 * be merged, and none is held between.
 */
export const dedupeWith = ({ worthThreads, inMemory }: Means): Stage<Mention, Paper, DedupeConfig> => ({
  name: "2-dedupe",
  async *run(input, { config, effects, tally, note, inputPath, scratch }) {
    const path = inputPath ?? (await writeRecords(join(scratch, "input.jsonl"), input));
    const { size } = await stat(path);
    const count = size < worthThreads ? 0 : effects.threads;
    const threads = openThreads<DedupeAnswers>(THREAD, count, dedupeAnswers, effects.signal);
    try {
      const spill = { path: join(scratch, "profiles"), keep: inMemory };
      const packed = await packMentions(path, spill, threads);
      tally.read = packed.profiles.length;
      const { works, unknown, asked } = await findWorks(packed, config.overrides, threads);
      tally.merged = packed.profiles.length - works.firsts.length;
      if (config.overrides.length > 0) note("overrides", { given: config.overrides, unknown });
      note("compared_pairs", asked);
      const earlier = await readEarlier(config.previous, packed.profiles, works);
      const named = await findNames(packed, works, earlier, threads);
      yield* paperLines(packed, works, named, threads);
      packed.profiles.close();
    } finally {
      await threads.close();
    }
  },
});

export const dedupe = dedupeWith(USUAL_MEANS);
