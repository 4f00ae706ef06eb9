import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { dedupe, dedupeWith } from "../../pipeline/2-dedupe/dedupe.ts";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { normaliseTitle } from "../../pipeline/2-dedupe/profile/text-forms.ts";
import { cluster } from "../../pipeline/2-dedupe/works/cluster.ts";
import { writeRecords } from "../../pipeline/core/files.ts";
import type { Release } from "../../pipeline/core/release.ts";
import { compareText } from "../../pipeline/core/text.ts";
import { records } from "../bench/records.ts";
import { testEffects } from "../support/effects.ts";
import { ownFolder } from "../support/folder.ts";
import { anyMentions, anyRecords, BREAD_CATALOGUE, mention } from "../support/mentions.ts";
import { releaseOfPapers } from "../support/releases.ts";
import { runAlone } from "../support/stages.ts";

const inFolder = ownFolder();

interface Ways {
  readonly threads?: number;
  readonly inMemory?: number;
  readonly atHand?: number;
  readonly previous?: Release | null;
  readonly path?: string;
  readonly folder?: string;
}

/** Runs the stage with threads and a file for what is compared, however few mentions there are. */
const run = (
  mentions: readonly Mention[],
  { threads = 0, inMemory = 1e9, atHand = 1e9, previous = null, path, folder = inFolder() }: Ways = {},
) => {
  const effects = { ...testEffects(), threads };
  const stage = dedupeWith({ worthThreads: 0, inMemory, atHand });
  return runAlone(stage, mentions, { overrides: [], previous }, effects, folder, path);
};

const LETTERS = "abcdefghijklmnopqrst";
/** Made mentions, and fifty of each of a few titles: more lines, pairs and works than one task of a thread has. */
const MADE: readonly Mention[] = [
  ...records(800).map((made) => made.mention),
  ...Array.from({ length: 900 }, (_, at) =>
    mention(`m_z${String(at).padStart(4, "0")}`, {
      title: ["reading", "sediment", "of", "small", "lakes"].map((word) => word + LETTERS[at % 18]).join(" "),
      authors: [`Ada Quill${LETTERS[at % 6]}`],
      year: 2020,
    }),
  ),
];

let made: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "paperset-made-"));
  made = await run(MADE, { folder });
  await rm(folder, { recursive: true });
});

/** Another order, the same one in every run. */
const shuffled = <T>(all: readonly T[]): T[] =>
  [...all.keys()]
    .sort((x, y) => ((x * 7_919) % 104_729) - ((y * 7_919) % 104_729))
    .flatMap((at) => all[at] ?? []);

/** The works with the ties of their members. */
const tiesIn = (papers: readonly Paper[]) =>
  papers
    .map(({ mentions }) => mentions.map((row) => [row.mention_id, row.match_rule, row.match_score]))
    .sort(([x], [y]) => compareText(String(x?.[0]), String(y?.[0])));
const tiesOf = (mentions: readonly Mention[]) =>
  cluster(mentions).map((members) =>
    members.map(({ mention: { mention_id }, tie }) => [
      mention_id,
      tie?.rule ?? "single",
      tie?.score ?? null,
    ]),
  );

describe("the papers are the same", () => {
  test("without threads, with one and with two, in memory and in a file", async () => {
    const { report } = made;
    expect(report.notes["compared_pairs"]).toBeGreaterThan(20_000);
    for (const ways of [
      { threads: 1 },
      { threads: 2 },
      { threads: 0, inMemory: 0 },
      { threads: 2, inMemory: 300_000 },
      { threads: 2, atHand: 0 },
    ]) {
      const other = await run(MADE, ways);
      expect(other.report).toEqual(report);
    }
  });

  test("for any order of the mentions", async () => {
    const { report } = made;
    expect((await run(shuffled(MADE), { threads: 2 })).report.outputDigest).toBe(report.outputDigest);
  });

  test("from a file of mentions as from mentions that none has", async () => {
    async function* all() {
      yield* MADE;
    }
    const path = await writeRecords(inFolder("mentions.jsonl"), all());
    const { report } = made;
    expect((await run([], { path })).report.outputDigest).toBe(report.outputDigest);
  });

  test("with what the stage may spend in common and with next to nothing", async () => {
    const usual = await runAlone(
      dedupe,
      MADE,
      { overrides: [], previous: null },
      testEffects(),
      inFolder("usual"),
    );
    expect((await run(MADE, { inMemory: 0, atHand: 0 })).report).toEqual(usual.report);
  });

  test("whatever the captures' files are called", async () => {
    const renamed = MADE.map((one) => ({ ...one, source_file: "another.txt" }));
    const other = await run(renamed);
    const named = made.records.map((paper) => ({
      ...paper,
      mentions: paper.mentions.map((row) => ({ ...row, source_file: "another.txt" })),
    }));
    expect(other.records).toEqual(named);
  });

  test("and their ties, as they are when all mentions are held at once", () => {
    expect(tiesIn(made.records)).toEqual(tiesOf(MADE));
  });

  test("and their ties, for any mentions in a file", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyMentions, anyRecords), async (mentions) => {
        expect(tiesIn((await run(mentions, { inMemory: 0, atHand: 0 })).records)).toEqual(tiesOf(mentions));
      }),
      { numRuns: 15 },
    );
  });

  test("where a whole catalogue of other titles, venues and people is added", async () => {
    const isOurs = ({ mentions }: Paper) => !mentions.some(({ mention_id }) => mention_id.startsWith("x_"));
    const { records: among } = await run([...BREAD_CATALOGUE, ...MADE]);
    expect(among.filter(isOurs)).toEqual(made.records);
  });
});

describe("after a release of the same papers from captures that were made anew", () => {
  const anew = MADE.map((one) => ({ ...one, mention_id: `n${one.mention_id}` }));
  /** What a paper is known by, its mentions as they were called before. */
  const known = ({ paper_id, mentions }: Paper) => [
    paper_id,
    mentions.map(({ mention_id }) => mention_id.replace(/^n/u, "")),
  ];

  test.each([0, 2])(
    "with %d threads, papers keep the ids that their identifiers or titles alone have",
    async (threads) => {
      const first = made.records;
      const previous = releaseOfPapers(first);
      const { records: next } = await run(anew, { previous, threads });
      const titlesOf = ({ title, mentions }: Paper) =>
        new Set([title, ...mentions.map((row) => row.title_as_captured)].map(normaliseTitle));
      const titles = Map.groupBy(
        first.flatMap((paper) => [...titlesOf(paper)]),
        (title) => title,
      );
      const isFound = ({ title, arxiv_id, doi }: Paper) =>
        arxiv_id !== null || doi !== null || titles.get(normaliseTitle(title))?.length === 1;
      expect(next.filter(isFound).map(known)).toEqual(first.filter(isFound).map(known));
      expect(next.filter(isFound).length).toBeGreaterThan(500);
      expect(next.filter(isFound).every((paper) => paper.first_released_in === "1.0.0")).toBe(true);
    },
  );
});
