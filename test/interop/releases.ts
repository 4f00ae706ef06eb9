import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CAPTURES, type Captures, makeFullRelease, makeRelease, REPOSITORIES } from "../support/release.ts";
import { HOSTILE_TEXTS } from "../support/rows.ts";

/** Makes the releases that `make test-interop` opens in other readers, in the folder that is given. */

const papers = HOSTILE_TEXTS.map((text, i) => ({
  title: `A title that holds ${text} in its midst, number ${i}`,
  abstract: `${text} ${"An abstract may be long. ".repeat(i === 5 ? 40_000 : i)}The code is at https://github.com/ada-lark/stones.`,
  authors: i % 3 === 0 ? null : [`Ada "the Lark" Lark, ${i}`, "山田 太郎"],
  year: i % 2 === 0 ? null : 2_000 + i,
  doi: i % 4 === 0 ? null : `10.1234/stones.${i}`,
}));

/** A listing and a plain table whose texts careless readers break, one abstract of them a megabyte long. */
const HOSTILE: Captures = {
  ...CAPTURES,
  "2026-03-22-table.jsonl": papers.map((paper) => `${JSON.stringify(paper)}\n`).join(""),
};

const [out = ".interop/releases"] = process.argv.slice(2);
await rm(out, { recursive: true, force: true });
await makeFullRelease(join(out, "full"));
await makeRelease(join(out, "hostile"), {
  captures: HOSTILE,
  repositories: REPOSITORIES,
  options: [
    ...["--title", 'Stones & owls: "100 %" of them'],
    ...["--creator", "Lark, Ada", "Society for Owls"],
    ...["--homepage", "https://example.org/stones"],
  ],
});
await makeRelease(join(out, "without-words"), {
  captures: HOSTILE,
  repositories: REPOSITORIES,
  options: ["--no-abstracts"],
});
