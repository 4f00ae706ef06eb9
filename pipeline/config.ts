import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Override, overridesIn } from "./2-dedupe/overrides.ts";
import { type Attribution, UNATTRIBUTED } from "./4-emit/metadata/attribution.ts";
import type { Words } from "./4-emit/withhold.ts";
import { PapersetError } from "./core/errors.ts";
import { latestVersion, openRelease, type Release } from "./core/release.ts";
import { checkGiven, type Given } from "./options.ts";

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
  readonly access: "token" | "no_token" | "offline";
  readonly github: { readonly apiUrl: string; readonly graphqlUrl: string };
  readonly sourceDateEpoch: number | null;
  readonly reuse: boolean;
  readonly words: Words;
  readonly attribution: Attribution;
}

export type Environment = Readonly<Record<string, string | undefined>>;

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
    const words = cause instanceof Error ? cause.message : String(cause);
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
  return latest === null ? null : openRelease(join(out, latest));
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

function url(environment: Environment, name: string, usual: string): string {
  const value = environment[name] || usual;
  if (URL.parse(value) === null)
    throw new PapersetError(
      "USAGE",
      `${name} is ${JSON.stringify(value)}; it takes an address such as ${usual}.`,
    );
  return value.replace(/\/+$/u, "");
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

/** The tokens that the environment holds, by the origin that each is for. */
export function tokensOf(environment: Environment, github: Config["github"]): Map<string, string> {
  const token = environment["GITHUB_TOKEN"];
  if (!token) return new Map();
  return new Map([github.apiUrl, github.graphqlUrl].map((address) => [new URL(address).origin, token]));
}

/** Resolves options and environment, once. Opens the previous release; nothing else is read and nothing written. */
export async function resolveConfig(given: Given, environment: Environment): Promise<Config> {
  const out = resolve(given.out ?? "out");
  const github = {
    apiUrl: url(environment, "GITHUB_API_URL", "https://api.github.com"),
    graphqlUrl: url(environment, "GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
  };
  const hasToken = tokensOf(environment, github).size > 0;
  return {
    input: given.input ?? [],
    out,
    workFolder: join(out, ".work"),
    previous: await previousRelease(given, out),
    maxRejectShare: given["max-reject-share"] ?? 0.5,
    capturedYear: given["captured-year"] ?? null,
    overrides: await overridesFrom(given.overrides),
    maxAgeDays: given["max-age"] ?? 7,
    access: given.offline === true ? "offline" : hasToken ? "token" : "no_token",
    github,
    sourceDateEpoch: epoch(environment),
    reuse: given.force !== true,
    words: given["no-abstracts"] === true ? "withheld" : "held",
    attribution: attribution(given),
  };
}
