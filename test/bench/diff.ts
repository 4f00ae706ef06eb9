import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLineWriter } from "../../pipeline/core/files.ts";
import { MANIFEST, openRelease, type Release } from "../../pipeline/core/release.ts";
import { diffReleases } from "../../pipeline/release/diff.ts";
import { TABLE_NAMES, TABLES } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { releaseOf } from "../support/releases.ts";
import { bareRowOf, idOf } from "../support/rows.ts";

/**
 * Times the difference of two releases of many papers, each with a mention: of a hundred rows one has gone, one is new
 * and one has other values. Memory is the most that the process held at any moment, the making of the files left out.
 */
const PAPERS = Number(process.env["BENCH_DIFF_PAPERS"] ?? 100_000);
const ABSTRACT = "A drone that waits sees more stones than one that hurries. ".repeat(24);

/** The papers of a release by number: the later one lacks each hundredth, and has another instead. */
const numbersOf = (isLater: boolean) =>
  Array.from({ length: PAPERS }, (_, i) => i * 2).map((n) => (isLater && n % 200 === 0 ? n + 1 : n));

async function writeRelease(folder: string, isLater: boolean): Promise<Release> {
  for (const sub of ["jsonl", "schemas"]) await mkdir(join(folder, sub), { recursive: true });
  const { manifest } = releaseOf({});
  await writeFile(
    join(folder, MANIFEST),
    JSON.stringify({ ...manifest, version: isLater ? "1.1.0" : "1.0.0" }),
  );
  for (const name of TABLE_NAMES) {
    await writeFile(join(folder, `schemas/${name}.schema.json`), JSON.stringify(rowSchema(TABLES[name])));
    const file = await openLineWriter(join(folder, `jsonl/${name}.jsonl`));
    for (const n of numbersOf(isLater)) {
      const title = `Counting stones, part ${n}${isLater && n % 200 === 2 ? ", once more" : ""}`;
      const row = { paper_id: idOf("p", n), title, abstract: `${n} ${ABSTRACT}`, first_released_in: "1.0.0" };
      if (name === "papers") await file.write(JSON.stringify(bareRowOf("papers", row)));
      if (name === "mentions")
        await file.write(
          JSON.stringify(bareRowOf("mentions", { mention_id: idOf("m", n), paper_id: idOf("p", n) })),
        );
    }
    await file.close();
  }
  return openRelease(folder);
}

const folder = await mkdtemp(join(tmpdir(), "paperset-bench-diff-"));
try {
  const [first, second] = [
    await writeRelease(join(folder, "1.0.0"), false),
    await writeRelease(join(folder, "1.1.0"), true),
  ];
  const { size } = await stat(join(first.folder, "jsonl/papers.jsonl"));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const start = performance.now();
  const { tables } = await diffReleases(first, second);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  const { added, removed, changed } = tables["papers"]?.rows ?? { added: 0, removed: 0, changed: 0 };
  console.log(`diff of 2 x ${PAPERS} papers, ${(size / 1e6).toFixed(0)} MB each, and as many mentions`);
  console.log(`papers: ${added} added, ${removed} removed, ${changed} changed`);
  const rate = ((4 * PAPERS) / seconds / 1000).toFixed(0);
  console.log(
    `${seconds.toFixed(2)} s, ${rate} thousand rows/s, ${(most / 2 ** 20).toFixed(0)} MB resident at most`,
  );
} finally {
  await rm(folder, { recursive: true });
}
