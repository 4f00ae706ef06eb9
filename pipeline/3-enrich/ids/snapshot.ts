import { JsonLinesReader } from "../../1-parse/containers/jsonl-lines.ts";
import { unpack } from "../../1-parse/input/unpack.ts";
import { arxivSnapshotRecord, isArxivSnapshot } from "../../1-parse/records/arxiv-snapshot.ts";
import { isFields } from "../../1-parse/records/record.ts";
import type { Effects } from "../../core/effects.ts";
import { PapersetError, systemCode } from "../../core/errors.ts";
import { type CataloguePaper, cataloguePaper } from "./catalogue.ts";

/** What was read of a snapshot so far. */
export interface SnapshotTally {
  papers: number;
  /** Lines that are no record of arXiv's. */
  unreadable: number;
}

/** A snapshot in which nothing can be read for so long is another file. */
const MOST_UNREADABLE = 1_000;

const paperIn = (value: unknown): CataloguePaper | null =>
  isFields(value) && isArxivSnapshot(value) ? cataloguePaper(arxivSnapshotRecord(value)) : null;

/**
 * The papers of arXiv's metadata snapshot (kaggle.com/datasets/Cornell-University/arxiv, JSON Lines; plain, gzip or
 * zstd), one at a time.
 */
export async function* snapshotPapers(
  path: string,
  effects: Effects,
  tally: SnapshotTally,
): AsyncGenerator<CataloguePaper> {
  const reader = new JsonLinesReader();
  const decoder = new TextDecoder();
  const read = function* (entries: ReturnType<JsonLinesReader["write"]>) {
    for (const entry of entries) {
      const paper = entry.kind === "value" ? paperIn(entry.value) : null;
      if (paper === null) tally.unreadable += 1;
      else tally.papers += 1;
      if (tally.papers === 0 && tally.unreadable >= MOST_UNREADABLE) throw notASnapshot(path);
      if (paper !== null) yield paper;
    }
  };
  try {
    const { bytes } = await unpack(effects.open(path));
    for await (const chunk of bytes) {
      effects.signal.throwIfAborted();
      yield* read(reader.write(decoder.decode(chunk, { stream: true })));
    }
    yield* read(reader.write(decoder.decode()));
    yield* read(reader.end());
  } catch (cause) {
    if (cause instanceof PapersetError || systemCode(cause) === undefined) throw cause;
    throw new PapersetError(
      "INPUT_MISSING",
      `Cannot read the arXiv snapshot ${path} (${systemCode(cause)}): name the whole file with --arxiv-snapshot.`,
      { path },
      { cause },
    );
  }
  if (tally.papers === 0) throw notASnapshot(path);
}

function notASnapshot(path: string): PapersetError {
  return new PapersetError(
    "USAGE",
    `${path} holds no line of arXiv's metadata snapshot: --arxiv-snapshot takes arxiv-metadata-oai-snapshot.json, plain or packed with gzip or zstd.`,
    { path },
  );
}
