import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Paper } from "../../../pipeline/2-dedupe/paper.ts";
import { findIds, type IdsConfig } from "../../../pipeline/3-enrich/ids/find-ids.ts";
import { testEffects } from "../../support/effects.ts";
import { releaseOf } from "../../support/releases.ts";
import { paperNaming } from "../../support/repositories.ts";
import { bareRowOf, idOf } from "../../support/rows.ts";
import { runAlone } from "../../support/stages.ts";

const TITLE = "Counting River Stones with Patient Drones";
const ABSTRACT = "Every river bed tells where its stones came from, and drones count them without rest.";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-ids-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A line as arXiv's snapshot has it. */
const listed = (id: string, known: object = {}) =>
  JSON.stringify({
    id,
    submitter: "Ada Quill",
    authors: 'Ada Quill and G\\"oran Stein',
    title: TITLE.replace("with", "with\n "),
    categories: "cs.CV",
    abstract: `  ${ABSTRACT}\n`,
    versions: [{ version: "v1", created: "Thu, 12 Mar 2026 17:59:59 GMT" }],
    update_date: "2026-03-12",
    authors_parsed: [["Quill", "Ada", ""]],
    ...known,
  });

const paper = (number: number, known: Partial<Paper> = {}): Paper => ({
  ...paperNaming(),
  paper_id: idOf("p", number),
  title: TITLE,
  abstract: ABSTRACT,
  ...known,
});

async function run(
  papers: readonly Paper[],
  content: string | Uint8Array | null,
  known: Partial<IdsConfig> = {},
) {
  const path = join(folder, "snapshot.jsonl");
  if (content !== null) await writeFile(path, content);
  const snapshot = content === null ? null : { path, size: 1, modified: "2026-11-21T09:00:00.000Z" };
  const effects = { ...testEffects(), open: (file: string | Buffer) => createReadStream(file) };
  const config = { snapshot, asking: null, journalPath: join(folder, "journal.jsonl"), previous: null };
  return runAlone(findIds, papers, { ...config, ...known }, effects, folder);
}

describe("a paper without an arXiv identifier", () => {
  test("gets the one whose title is equal and whose abstract or authors agree, with how it was found", async () => {
    const papers = [
      paper(1),
      paper(2, { title: "Weighing $n$ Pebbles", abstract: null, authors: ["A. Quill"] }),
    ];
    const lines = [
      listed("2603.00009"),
      listed("2603.00001", { title: "Weighing $n$ Pebbles" }),
      listed("2603.00002", { title: "X" }),
    ];
    const { records, report } = await run(papers, lines.join("\n"));
    expect(records).toEqual([
      { paper_id: idOf("p", 1), arxiv_id: "2603.00009", source: "title_and_abstract" },
      { paper_id: idOf("p", 2), arxiv_id: "2603.00001", source: "title_and_authors" },
    ]);
    expect(report.notes["ids"]).toMatchObject({
      papers_without: 2,
      found: 2,
      doubtful: 0,
      snapshot_papers: 3,
    });
  });

  test("is found in a snapshot that is packed", async () => {
    for (const pack of [gzipSync, zstdCompressSync])
      expect((await run([paper(1)], pack(`${listed("2603.00009")}\n`))).records).toHaveLength(1);
  });

  test("gets none where nothing but the title agrees", async () => {
    expect((await run([paper(1, { abstract: null })], listed("2603.00009"))).records).toEqual([]);
  });

  test("gets none where several fit, or where another paper has or fits it", async () => {
    const twice = [listed("2603.00009"), listed("2603.00010")].join("\n");
    const doubtful = [
      await run([paper(1)], twice),
      await run([paper(1), paper(2)], listed("2603.00009")),
      await run([paper(1), paper(2, { arxiv_id: "2603.00009" })], listed("2603.00009")),
      await run([paper(1), paper(2, { doi: "10.48550/arxiv.2603.00009" })], listed("2603.00009")),
    ];
    expect(doubtful.map(({ records }) => records)).toEqual([[], [], [], []]);
    expect(doubtful.map(({ report }) => (report.notes["ids"] as { doubtful: number }).doubtful)).toEqual([
      1, 2, 1, 1,
    ]);
  });

  test("keeps the one that an earlier release found, also without a snapshot, and the captured stay as they are", async () => {
    const previous = releaseOf({
      papers: [
        bareRowOf("papers", {
          paper_id: idOf("p", 1),
          arxiv_id: "2603.00009",
          arxiv_id_source: "title_and_authors",
        }),
        bareRowOf("papers", { paper_id: idOf("p", 2), arxiv_id: "2603.00010", arxiv_id_source: "captured" }),
      ],
    });
    const { records } = await run([paper(1), paper(2)], null, { previous });
    expect(records).toEqual([
      { paper_id: idOf("p", 1), arxiv_id: "2603.00009", source: "title_and_authors" },
    ]);
  });
});

describe("a snapshot", () => {
  test("is read on behind lines that are cut or of something else, and they are counted", async () => {
    const lines = ['{"id": "2603.0', '{"name": "no paper"}', "", listed("2603.00009"), listed("none at all")];
    const { records, report } = await run([paper(1)], lines.join("\n"));
    expect(records).toHaveLength(1);
    expect(report.notes["ids"]).toMatchObject({ snapshot_papers: 1, snapshot_unreadable: 3 });
  });

  test("that is another file, or cut off in its packing, stops the run with a sentence", async () => {
    await expect(run([paper(1)], "title,abstract\na,b\n")).rejects.toMatchObject({
      code: "USAGE",
      message: /holds no line of arXiv's metadata snapshot: --arxiv-snapshot takes/,
    });
    await expect(run([paper(1)], "x\n".repeat(5_000))).rejects.toMatchObject({ code: "USAGE" });
    const packed = gzipSync(Array(500).fill(listed("2603.00009")).join("\n"));
    await expect(run([paper(1)], packed.subarray(0, packed.length / 2))).rejects.toMatchObject({
      code: "INPUT_MISSING",
      message: /Cannot read the arXiv snapshot .*name the whole file/,
    });
  });

  test("is not opened when every paper has an identifier", async () => {
    const { report } = await run([paper(1, { arxiv_id: "2603.00009" })], "no snapshot");
    expect(report.notes["ids"]).toMatchObject({ papers_without: 0, snapshot_papers: 0 });
  });
});
