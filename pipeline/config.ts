import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Override, overridesIn } from "./2-dedupe/works/overrides.ts";
import type { GitHubConfig } from "./3-enrich/hosts/github-account.ts";
import type { IdsConfig } from "./3-enrich/ids/find-ids.ts";
import type { ServicesConfig } from "./3-enrich/services.ts";
import type { Layout } from "./4-emit/layout.ts";
import { type Attribution, UNATTRIBUTED } from "./4-emit/metadata/attribution.ts";
import type { Words } from "./4-emit/withhold.ts";
import { sha256 } from "./core/digest.ts";
import { PapersetError, reasonOf } from "./core/errors.ts";
import { exists } from "./core/files.ts";
import { latestVersion, MANIFEST, openRelease, type Release } from "./core/release.ts";
import { addressOf, type Environment } from "./environment.ts";
import { checkGiven, type Given } from "./options.ts";
import { outOf, workFolderOf } from "./places.ts";
import { serviceSecrets, servicesOf, serviceTokens } from "./services-of.ts";

/** Everything that a run is told, resolved: below this file nothing looks at a flag or an environment variable. */
export interface Config {
  readonly input: readonly string[];
  readonly out: string;
  readonly workFolder: string;
  readonly previous: Release | null;
  readonly capturedYear: number | null;
  readonly maxRejectShare: number;
  readonly overrides: readonly Override[];
  readonly maxAgeDays: number;
  readonly starHistory: boolean;
  readonly offline: boolean;
  readonly github: GitHubConfig;
  readonly services: ServicesConfig;
  readonly arxivSnapshot: IdsConfig["snapshot"];
  /** Whether titles of papers are sent to arXiv. */
  readonly lookUpTitles: boolean;
  readonly sourceDateEpoch: number | null;
  readonly reuse: boolean;
  readonly layout: Layout;
  /** Why a release may differ by more than is expected from the one before; null: it may not. */
  readonly accept: string | null;
  readonly words: Words;
  readonly attribution: Attribution;
}

export type { Environment } from "./environment.ts";

async function fromFile(path: string): Promise<Given> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new PapersetError(
      "USAGE",
      `Cannot read the configuration file ${path}: name one that exists with --config.`,
      {},
      { cause },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const words = reasonOf(cause);
    throw new PapersetError("USAGE", `The configuration file ${path} is not JSON: ${words}.`, {}, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PapersetError("USAGE", `The configuration file ${path} must hold one JSON object.`);
  return checkGiven(value as Record<string, unknown>, path);
}

/** Flags over the configuration file's values. */
export async function withFile(flags: Given): Promise<Given> {
  return flags.config === undefined ? flags : { ...(await fromFile(flags.config)), ...flags };
}

/** Opens the newest release of an output folder, of which no more is known than its name. */
async function newestRelease(folder: string): Promise<Release> {
  if (await exists(join(folder, MANIFEST))) return openRelease(folder);
  throw new PapersetError(
    "RELEASE_MISSING",
    `${folder} is called like the newest release and has no ${MANIFEST}: put it back from another copy, or move it away.`,
    { folder },
  );
}

async function previousRelease(given: Given, out: string): Promise<Release | null> {
  const latest = await latestVersion(out);
  if (given.previous === "none") {
    if (latest === null) return null;
    throw new PapersetError(
      "USAGE",
      `${out} holds release ${latest} already: --previous none needs another --out, without releases.`,
    );
  }
  if (given.previous !== undefined) return openRelease(resolve(given.previous));
  return latest === null ? null : newestRelease(join(out, latest));
}

async function overridesFrom(path: string | undefined): Promise<readonly Override[]> {
  if (path === undefined) return [];
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new PapersetError(
      "USAGE",
      `Cannot read the overrides ${path}: name a file that exists with --overrides.`,
      {},
      { cause },
    );
  });
  return overridesIn(text, path);
}

/** What tells the snapshot apart from another; it is too large to read for that. */
async function snapshotAt(path: string | undefined): Promise<IdsConfig["snapshot"]> {
  if (path === undefined) return null;
  const found = await stat(path).catch((cause: unknown) => {
    throw new PapersetError(
      "USAGE",
      `Cannot read the arXiv snapshot ${path}: name a file that exists with --arxiv-snapshot.`,
      {},
      { cause },
    );
  });
  return { path: resolve(path), size: found.size, modified: found.mtime.toISOString() };
}

function epoch(environment: Environment): number | null {
  const value = environment["SOURCE_DATE_EPOCH"];
  if (value === undefined || value === "") return null;
  if (!/^\d{1,11}$/u.test(value))
    throw new PapersetError(
      "USAGE",
      `SOURCE_DATE_EPOCH is ${JSON.stringify(value)}; it takes whole seconds since 1970.`,
    );
  return Number(value);
}

function attribution({ title, creator, homepage }: Given): Attribution {
  if (homepage !== undefined && !/^https?:/u.test(URL.parse(homepage)?.protocol ?? ""))
    throw new PapersetError(
      "USAGE",
      `homepage is ${JSON.stringify(homepage)}; it takes an address such as ${UNATTRIBUTED.homepage}.`,
    );
  return {
    title: title ?? UNATTRIBUTED.title,
    creators: creator ?? UNATTRIBUTED.creators,
    homepage: homepage ?? UNATTRIBUTED.homepage,
  };
}

/** GitHub's tokens in the environment, each once: GITHUB_TOKEN, then those of GITHUB_TOKENS, parted by commas or spaces. */
function githubTokens(environment: Environment): string[] {
  const listed = `${environment["GITHUB_TOKEN"] ?? ""} ${environment["GITHUB_TOKENS"] ?? ""}`;
  return [...new Set(listed.split(/[\s,]+/u).filter((token) => token !== ""))];
}

/** The tokens that the environment holds, by the origin that they are for. */
export function tokensOf(
  environment: Environment,
  github: Pick<GitHubConfig, "apiUrl" | "graphqlUrl">,
): Map<string, readonly string[]> {
  const tokens = githubTokens(environment);
  const own = tokens.length === 0 ? [] : [github.apiUrl, github.graphqlUrl];
  return new Map([
    ...serviceTokens(environment),
    ...own.map((address) => [new URL(address).origin, tokens] as const),
  ]);
}

/** Every secret in the environment, for leaving out of what is written. */
export const secretsOf = (environment: Environment): string[] => [
  ...githubTokens(environment),
  ...serviceSecrets(environment),
];

/** Tells tokens apart without telling them: the beginning of a digest. */
const digestOf = (token: string) => sha256(token).slice(0, 12);

/** Resolves options and environment, once. Opens the previous release; nothing else is read and nothing written. */
export async function resolveConfig(given: Given, environment: Environment): Promise<Config> {
  const out = outOf(given);
  const github = {
    apiUrl: addressOf(environment, "GITHUB_API_URL", "https://api.github.com"),
    graphqlUrl: addressOf(environment, "GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
    tokens: githubTokens(environment).map(digestOf),
    leaveShare: given["leave-quota"] ?? 0.05,
    maxWaitMs: (given["max-wait"] ?? 60) * 60_000,
  };
  return {
    input: given.input ?? [],
    out,
    workFolder: workFolderOf(out),
    previous: await previousRelease(given, out),
    maxRejectShare: given["max-reject-share"] ?? 0.5,
    capturedYear: given["captured-year"] ?? null,
    overrides: await overridesFrom(given.overrides),
    maxAgeDays: given["max-age"] ?? 7,
    starHistory: given["star-history"] === true,
    offline: given.offline === true,
    github,
    services: servicesOf(given, environment, github.maxWaitMs),
    arxivSnapshot: await snapshotAt(given["arxiv-snapshot"]),
    lookUpTitles: given["look-up-titles"] === true,
    sourceDateEpoch: epoch(environment),
    reuse: given.force !== true,
    layout: {
      compress: given.compress ?? null,
      shardRows: given["shard-rows"] ?? null,
      csvSafe: given["csv-safe"] === true,
    },
    accept: given.accept ?? null,
    words: given["no-abstracts"] === true ? "withheld" : "held",
    attribution: attribution(given),
  };
}
