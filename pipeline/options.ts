import { SERVICE_NAMES } from "./3-enrich/services.ts";
import { PapersetError } from "./core/errors.ts";
import { COMPRESSIONS, type Compression } from "./core/table-files.ts";

/** Every option, once: flags, help, defaults and the configuration file's keys come from here. */

interface Option {
  /** As commander writes flags. */
  readonly flags: string;
  readonly help: string;
  readonly type: "text" | "texts" | "number" | "count" | "share" | "year" | "switch" | "packing";
}

export const OPTIONS = {
  input: {
    flags: "-i, --input <path...>",
    type: "texts",
    help: "captures to read: files, folders, patterns, or - for standard input",
  },
  out: { flags: "-o, --out <dir>", type: "text", help: "folder that holds the releases (default: out)" },
  previous: {
    flags: "--previous <dir>",
    type: "text",
    help: "release whose ids and observations are carried on, or none (default: OUT/latest where there is one)",
  },
  offline: {
    flags: "--offline",
    type: "switch",
    help: "ask no host; repositories keep what is known of them",
  },
  "captured-year": {
    flags: "--captured-year <year>",
    type: "year",
    help: "year of the days that captures show without one",
  },
  "max-reject-share": {
    flags: "--max-reject-share <share>",
    type: "share",
    help: "stop when a greater share of the input is rejected, from 0 to 1 (default: 0.5)",
  },
  release: {
    flags: "--release <dir>",
    type: "text",
    help: "release to look into, instead of OUT/latest or of an input",
  },
  overrides: {
    flags: "--overrides <file>",
    type: "text",
    help: "CSV with what to merge or split against the rules: action, mention_a, mention_b, reason",
  },
  "max-age": {
    flags: "--max-age <days>",
    type: "number",
    help: "ask again about a repository, link or title only when its last check is older (default: 7)",
  },
  "max-wait": {
    flags: "--max-wait <minutes>",
    type: "number",
    help: "wait so long for a host's rate limit to end before leaving the rest unchecked (default: 60)",
  },
  "leave-quota": {
    flags: "--leave-quota <share>",
    type: "share",
    help: "leave this share of each hour's quota at GitHub to other work, from 0 to 1 (default: 0.05)",
  },
  "star-history": {
    flags: "--star-history",
    type: "switch",
    help: "ask GitHub once for each repository's stars of earlier months, about two requests for a year of its age",
  },
  "dry-run": {
    flags: "--dry-run",
    type: "switch",
    help: "say how many requests would be sent and how long they would take, and send none",
  },
  only: {
    flags: "--only <services>",
    type: "text",
    help: `ask these services and no others, parted by commas: ${SERVICE_NAMES.join(", ")} (default: all)`,
  },
  "check-links": {
    flags: "--check-links",
    type: "switch",
    help: "visit the pages of other links too, to see whether they are alive; goes to hosts that papers name",
  },
  "arxiv-snapshot": {
    flags: "--arxiv-snapshot <file>",
    type: "text",
    help: "local copy of arXiv's metadata (JSON Lines, plain, gzip or zstd), to find arXiv ids by title",
  },
  "look-up-titles": {
    flags: "--look-up-titles",
    type: "switch",
    help: "send titles of papers without an arXiv id to arXiv, one every three seconds, to find their ids",
  },
  "no-abstracts": {
    flags: "--no-abstracts",
    type: "switch",
    help: "leave out the words of others: abstracts, quoted evidence, descriptions of repositories",
  },
  title: { flags: "--title <title>", type: "text", help: "what the dataset is called, in its metadata" },
  creator: {
    flags: "--creator <name...>",
    type: "texts",
    help: "who publishes it: people as 'Family, Given', organisations by their name",
  },
  homepage: { flags: "--homepage <url>", type: "text", help: "the dataset's page on the web" },
  force: {
    flags: "--force",
    type: "switch",
    help: "run every stage again, also one whose output is up to date",
  },
  compress: {
    flags: "--compress <how>",
    type: "packing",
    help: "pack the CSV and JSONL files: gzip or zstd (Parquet is compressed within)",
  },
  "shard-rows": {
    flags: "--shard-rows <rows>",
    type: "count",
    help: "write tables of more rows as numbered files of so many (default: one file a table)",
  },
  "csv-safe": {
    flags: "--csv-safe",
    type: "switch",
    help: "put an apostrophe before CSV cells that a spreadsheet would run as a formula",
  },
  accept: {
    flags: "--accept <reason>",
    type: "text",
    help: "make the release though it differs by more than is expected; the reason is kept in its manifest",
  },
  pairs: {
    flags: "--pairs <file>",
    type: "text",
    help: "labelled pairs: two ids of records a line, as CSV or TSV",
  },
  to: {
    flags: "--to <target>",
    type: "text",
    help: "where to publish: hf:ORG/NAME, github:OWNER/REPO, zenodo or file://DIR",
  },
  yes: { flags: "--yes", type: "switch", help: "publish; without it nothing is sent" },
  config: {
    flags: "-c, --config <file>",
    type: "text",
    help: "JSON file with any of these options, by their long names",
  },
  json: { flags: "--json", type: "switch", help: "print events and the result as JSON lines" },
  debug: { flags: "--debug", type: "switch", help: "show where an error came from" },
} as const satisfies Record<string, Option>;
export type OptionName = keyof typeof OPTIONS;

type ValueOf = {
  text: string;
  texts: readonly string[];
  number: number;
  count: number;
  share: number;
  year: number;
  switch: boolean;
  packing: Compression;
};

/** Values as they were given, by a flag or in a file; nothing is filled in. */
export type Given = { readonly [N in OptionName]?: ValueOf[(typeof OPTIONS)[N]["type"]] };

const SHAPES = {
  text: ["a text", (value: unknown) => typeof value === "string" && value !== ""],
  texts: [
    "a list of texts",
    (value: unknown) =>
      Array.isArray(value) && value.every((item) => typeof item === "string" && item !== ""),
  ],
  number: [
    "a number of 0 or more",
    (value: unknown) => typeof value === "number" && Number.isFinite(value) && value >= 0,
  ],
  count: [
    "a whole number of 1 or more",
    (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1,
  ],
  share: ["a number from 0 to 1", (value: unknown) => typeof value === "number" && value >= 0 && value <= 1],
  year: [
    "a year of four digits",
    (value: unknown) => Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 9999,
  ],
  switch: ["true or false", (value: unknown) => typeof value === "boolean"],
  packing: [
    Object.keys(COMPRESSIONS).join(" or "),
    (value: unknown) => typeof value === "string" && Object.hasOwn(COMPRESSIONS, value),
  ],
} as const satisfies Record<Option["type"], readonly [string, (value: unknown) => boolean]>;

/** Checks options by name and shape; `where` says in the error where they stand. */
export function checkGiven(values: Readonly<Record<string, unknown>>, where: string): Given {
  for (const [name, value] of Object.entries(values)) {
    if (!(name in OPTIONS))
      throw new PapersetError(
        "USAGE",
        `${where}: there is no option ${name}; there are ${Object.keys(OPTIONS).join(", ")}.`,
      );
    const [shape, fits] = SHAPES[OPTIONS[name as OptionName].type];
    if (!fits(value))
      throw new PapersetError("USAGE", `${where}: ${name} is ${JSON.stringify(value)}; it takes ${shape}.`);
  }
  return values as Given;
}
