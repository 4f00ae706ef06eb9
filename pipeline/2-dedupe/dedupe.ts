import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Mention } from "../1-parse/mention.ts";
import { openLineWriter, writeRecords } from "../core/files.ts";
import { LineStarts } from "../core/line-starts.ts";
import type { Release } from "../core/release.ts";
import { RecordLines, type Stage } from "../core/stage.ts";
import { inOrder, openThreads, type Threads } from "../core/threads.ts";
import { compareApart } from "./compare/compare-apart.ts";
import { gatherLines } from "./lines/gather-lines.ts";
import { slicesOf } from "./lines/line-slices.ts";
import { memberLines, type PlacedLines } from "./lines/placed-lines.ts";
import { readEarlier } from "./names/earlier.ts";
import { findNames, type Naming } from "./names/find-names.ts";
import { IdTexts } from "./names/id-texts.ts";
import type { NamedWorks } from "./names/names.ts";
import type { Paper } from "./paper.ts";
import { ProfileStore, type Profiles } from "./store/profiles.ts";
import { type DedupeAnswers, dedupeAnswers } from "./threads/answers.ts";
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
  /** A file of so many bytes of mentions can be read in any order: the machine keeps it at hand. */
  readonly atHand: number;
}
const USUAL_MEANS: Means = { worthThreads: 1 << 25, inMemory: 2 ** 31, atHand: 2 ** 32 };

/** All mentions of a file: packed, and where what else is known of them stands. */
interface Packed extends Omit<Naming, "works"> {
  readonly profiles: Profiles;
}

/** Packs what is compared of all mentions, and writes aside what works are named by. */
async function packMentions(
  path: string,
  scratch: string,
  keep: number,
  threads: DedupeThreads,
): Promise<Packed> {
  const store = new ProfileStore({ path: join(scratch, "profiles"), keep });
  const ids = new IdTexts();
  const [mentionStarts, factStarts] = [new LineStarts(), new LineStarts()];
  const factsPath = join(scratch, "facts.jsonl");
  const facts = await openLineWriter(factsPath);
  try {
    const packed = inOrder(slicesOf(path), threads.atOnce, (slice) => threads.ask("pack", slice));
    for await (const slice of packed) {
      store.add(slice.batch);
      ids.push(slice.ids);
      mentionStarts.add(slice.lengths);
      factStarts.add(slice.factLengths);
      await facts.writeBytes(slice.facts);
    }
  } finally {
    await facts.close();
  }
  const { profiles, order } = store.finish();
  return {
    profiles,
    mentions: { path, starts: mentionStarts.all(), order },
    facts: { path: factsPath, starts: factStarts.all(), order },
    ids,
  };
}

/** Decides which mentions are one work. */
async function findWorks({ profiles }: Packed, overrides: readonly Override[], threads: DedupeThreads) {
  const { lessons, compared } = await compareApart(profiles, threads);
  return { ...joinWorks(profiles, lessons, compared, overrides), asked: compared.asked };
}

/** Every paper's line, in the order of ids. */
async function* paperLines(
  mentions: PlacedLines,
  works: Works,
  { firsts, nameOf }: NamedWorks,
  threads: DedupeThreads,
): AsyncGenerator<RecordLines<Paper>> {
  const all = memberLines(mentions, works, firsts);
  yield* inOrder(all, threads.atOnce, async (some) => {
    const bytes = await threads.ask("paperLines", { lines: some.lines, names: some.firsts.map(nameOf) });
    return new RecordLines<Paper>(bytes, some.firsts.length);
  });
}

/**
 * Makes one paper of all mentions of a work, in the order of paper ids. Mentions are read to be compared and again to
 * be merged, and none is held between.
 */
export const dedupeWith = ({
  worthThreads,
  inMemory,
  atHand,
}: Means): Stage<Mention, Paper, DedupeConfig> => ({
  name: "2-dedupe",
  async *run(input, { config, effects, tally, note, inputPath, scratch }) {
    const path = inputPath ?? (await writeRecords(join(scratch, "input.jsonl"), input));
    const { size } = await stat(path);
    const count = size < worthThreads ? 0 : effects.threads;
    const threads = openThreads<DedupeAnswers>(THREAD, count, dedupeAnswers, effects.signal);
    try {
      const packed = await packMentions(path, scratch, inMemory, threads);
      tally.read = packed.profiles.length;
      const { works, unknown, asked } = await findWorks(packed, config.overrides, threads);
      tally.merged = packed.profiles.length - works.firsts.length;
      if (config.overrides.length > 0) note("overrides", { given: config.overrides, unknown });
      note("compared_pairs", asked);
      const earlier = await readEarlier(config.previous, packed.profiles, works);
      const named = await findNames({ ...packed, works }, earlier, threads);
      const gathered = join(scratch, "gathered.jsonl");
      const mentions =
        size <= atHand
          ? packed.mentions
          : await gatherLines(packed.mentions, works, named.firsts, gathered, effects.signal);
      yield* paperLines(mentions, works, named, threads);
      packed.profiles.close();
    } finally {
      await threads.close();
    }
  },
});

export const dedupe = dedupeWith(USUAL_MEANS);
