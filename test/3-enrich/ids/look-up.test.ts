import { appendFile, readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Paper } from "../../../pipeline/2-dedupe/paper.ts";
import { openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { findIds, type IdsConfig, planIds } from "../../../pipeline/3-enrich/ids/find-ids.ts";
import type { Network } from "../../../pipeline/core/effects.ts";
import {
  type ArxivDouble,
  arxivError,
  type ListedPaper,
  startArxivDouble,
} from "../../support/arxiv-double.ts";
import { type TestEffects, testEffects } from "../../support/effects.ts";
import { ownFolder } from "../../support/folder.ts";
import { releaseOf } from "../../support/releases.ts";
import { paperNaming } from "../../support/repositories.ts";
import { bareRowOf, idOf } from "../../support/rows.ts";
import type { DoubleReply } from "../../support/service-double.ts";
import { runAlone } from "../../support/stages.ts";

/** Looking titles up at arXiv's double, through the whole stage. */

const ABSTRACT = "Every river bed tells where its stones came from, and drones count them without rest.";
const WORDS = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];
const titleOf = (number: number) => `Counting ${WORDS[number]} River Stones`;
const paper = (number: number, known: Partial<Paper> = {}): Paper => ({
  ...paperNaming(),
  paper_id: idOf("p", number),
  title: titleOf(number),
  abstract: ABSTRACT,
  ...known,
});
const listed = (number: number, known: Partial<ListedPaper> = {}): ListedPaper => ({
  id: `2603.0000${number}v1`,
  title: titleOf(number),
  summary: ABSTRACT,
  authors: ["Ada Quill"],
  ...known,
});
const foundOf = (number: number) => ({
  paper_id: idOf("p", number),
  arxiv_id: `2603.0000${number}`,
  source: "title_and_abstract",
});

const at = ownFolder();
const network = openNetwork(new Map());
let effects: TestEffects;
let doubles: ArxivDouble[];
let fault: (number: number) => DoubleReply | null;
beforeEach(() => {
  effects = testEffects(network);
  doubles = [];
  fault = () => null;
});
afterEach(() => {
  for (const double of doubles) double.close();
});

async function configAt(papers: readonly ListedPaper[], known: Partial<IdsConfig> = {}) {
  const double = await startArxivDouble(papers, (number) => fault(number));
  doubles.push(double);
  const arxiv = { apiUrl: double.origin, hasToken: false, maxWaitMs: 0 };
  const asking = { arxiv, maxAgeDays: 7 };
  const journalPath = at("journal.jsonl");
  return { double, config: { snapshot: null, asking, journalPath, previous: null, ...known } };
}

async function run(papers: readonly Paper[], config: IdsConfig) {
  const { records, report } = await runAlone(findIds, papers, config, effects, at());
  return { records, note: report.notes["ids"] };
}

describe("a paper without an arXiv identifier", () => {
  test("gets the one that arXiv lists under its title, where the abstract or the authors agree", async () => {
    const { config, double } = await configAt([listed(1), listed(2), listed(3)]);
    const papers = [
      paper(1),
      paper(2, { abstract: null, authors: ["A. Quill"] }),
      paper(3, { abstract: "Owls call at midnight in old orchards and nobody hears." }),
      paper(4),
    ];
    const { records, note } = await run(papers, config);
    expect(records).toEqual([foundOf(1), { ...foundOf(2), source: "title_and_authors" }]);
    expect(note).toMatchObject({ papers_without: 4, found: 2, titles_told: 4, titles_untold: 0 });
    expect(double.seen).toHaveLength(4);
  });

  test("gets none where several fit, or another paper has or fits the one", async () => {
    const twice = await configAt([listed(1), listed(1, { id: "2603.00002v3" })]);
    expect(await run([paper(1)], twice.config)).toMatchObject({ records: [], note: { doubtful: 1 } });
    const { config } = await configAt([listed(1)], { journalPath: at("other.jsonl") });
    for (const other of [paper(2, { title: titleOf(1) }), paper(2, { arxiv_id: "2603.00001" })])
      expect((await run([paper(1), other], config)).records).toEqual([]);
  });

  test("is asked about only where nothing at hand has it, and an answer could be judged", async () => {
    const { config, double } = await configAt([]);
    const earlier = bareRowOf("papers", {
      paper_id: idOf("p", 1),
      arxiv_id: "2603.00001",
      arxiv_id_source: "title_and_authors",
    });
    const previous = releaseOf({ papers: [earlier] });
    const untold = [
      paper(2, { arxiv_id: "2603.00002" }),
      paper(3, { abstract: null }),
      paper(4, { title: "X" }),
    ];
    await run([paper(1), ...untold], { ...config, previous });
    expect(double.seen).toEqual([]);
  });

  test("shares one request with all of its title", async () => {
    const { config, double } = await configAt([]);
    await run([paper(1), paper(2, { title: titleOf(1).toUpperCase() })], config);
    expect(double.seen).toHaveLength(1);
  });
});

describe("what was told once", () => {
  test("is not asked again within --max-age, counts without asking, and is judged anew", async () => {
    const { config, double } = await configAt([listed(1)]);
    await run([paper(1), paper(2)], config);
    effects.time = "2026-11-28T08:00:00Z";
    expect((await run([paper(1), paper(2)], config)).records).toEqual([foundOf(1)]);
    expect((await run([paper(1)], { ...config, asking: null })).records).toEqual([foundOf(1)]);
    expect((await run([paper(1, { abstract: null, authors: ["Eve Reed"] })], config)).records).toEqual([]);
    expect(double.seen).toHaveLength(2);
    effects.time = "2026-11-28T10:00:00Z";
    await run([paper(1), paper(2)], config);
    expect(double.searches.slice(2)).toEqual(['ti:"counting two river stones"']);
  });

  test("is kept by its newest answer", async () => {
    const { config } = await configAt([listed(1)]);
    const old = {
      kind: "listed",
      papers: [{ ...listed(1), arxiv_id: "9901.00001", abstract: ABSTRACT }],
      isCut: false,
    };
    const kept = (when: string, answer: object) =>
      `${JSON.stringify({ title_key: "countingoneriverstones", at: when, answer })}\n`;
    await appendFile(config.journalPath, kept("2026-11-01T00:00:00Z", old));
    await appendFile(config.journalPath, kept("2026-11-20T00:00:00Z", { ...old, papers: [] }));
    expect((await run([paper(1)], config)).records).toEqual([]);
  });
});

describe("what was not told", () => {
  test.each<[string, DoubleReply]>([
    ["an error", arxivError("wrong", 200)],
    ["a server's error", { status: 500 }],
    ["a reset", "reset"],
  ])("because of %s is no answer, is counted, and is asked again in the next run", async (_what, reply) => {
    const { config, double } = await configAt([listed(1), listed(2)]);
    fault = (number) => (number === 1 ? reply : null);
    const first = await run([paper(1), paper(2)], config);
    expect(first).toMatchObject({ records: [foundOf(2)], note: { titles_told: 1, titles_untold: 1 } });
    const second = await run([paper(1), paper(2)], config);
    expect(second).toMatchObject({ records: [foundOf(1), foundOf(2)], note: { titles_untold: 0 } });
    expect(double.seen).toHaveLength(3);
  });

  test("because of a limit ends the asking, and the rest stays to be asked", async () => {
    const { config, double } = await configAt([listed(1), listed(2), listed(3)]);
    fault = (number) => (number === 2 ? { status: 503, headers: { "retry-after": "600" } } : null);
    const papers = [paper(1), paper(2), paper(3)];
    expect((await run(papers, config)).note).toMatchObject({ found: 1, titles_told: 1, titles_untold: 2 });
    expect(effects.said).toEqual([
      expect.stringMatching(/^arXiv's rate limit is reached; what was not asked/),
    ]);
    expect((await run(papers, config)).note).toMatchObject({ found: 3, titles_told: 3, titles_untold: 0 });
    expect(double.seen).toHaveLength(4);
  });

  test("because too many have a title like it is counted as such", async () => {
    const many = Array.from({ length: 60 }, (_, i) => listed(1, { title: `${titleOf(1)} ${i}` }));
    const { config } = await configAt(many);
    expect((await run([paper(1)], config)).note).toMatchObject({ titles_told: 0, titles_untold: 1 });
  });
});

test("a run that ends amid the asking loses nothing, and the next goes on behind a torn line", async () => {
  const { config, double } = await configAt([1, 2, 3, 4].map((number) => listed(number)));
  const papers = [1, 2, 3, 4].map((number) => paper(number));
  let asked = 0;
  const dying: Network = {
    request: (request) => (++asked > 2 ? Promise.reject(new Error("dead")) : network.request(request)),
  };
  effects = testEffects(dying);
  await expect(run(papers, config)).rejects.toThrow("dead");
  await appendFile(config.journalPath, '{"title_key":"countingthreeri');
  effects = testEffects(network);
  expect((await run(papers, config)).records).toEqual([1, 2, 3, 4].map(foundOf));
  expect(double.seen).toHaveLength(4);
  const lines = (await readFile(config.journalPath, "utf8")).trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { at: string }).at)).toHaveLength(4);
});

describe("a plan", () => {
  const plan = async (papers: readonly Paper[], config: IdsConfig) => {
    async function* records() {
      yield* papers;
    }
    return planIds(records(), config, effects.now());
  };

  test("counts the titles that are due, at arXiv's pace, and asks nobody", async () => {
    const { config, double } = await configAt([listed(1)]);
    await run([paper(1), paper(2)], config);
    const papers = [1, 2, 3, 4, 5].map((number) => paper(number));
    expect(await plan(papers, config)).toEqual([
      { service: "arxiv", due: 3, requests: { requests: 3 }, seconds: 10 },
    ]);
    expect(await plan(papers.slice(0, 2), config)).toEqual([]);
    expect(await plan(papers, { ...config, asking: null })).toEqual([]);
    expect(double.seen).toHaveLength(2);
  });
});
