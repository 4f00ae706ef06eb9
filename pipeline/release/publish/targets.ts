import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DATASET } from "../../4-emit/metadata/facts.ts";
import type { Environment } from "../../config.ts";
import { PapersetError } from "../../core/errors.ts";
import type { Release } from "../../core/release.ts";
import { folderTarget } from "./folder.ts";
import { githubTarget, uploadOrigin } from "./github.ts";
import { openClient } from "./http.ts";
import { hubTarget } from "./hugging-face.ts";
import type { Target } from "./target.ts";
import { type DepositMetadata, zenodoTarget } from "./zenodo.ts";

/** How targets are written, and from which variables each takes its token and address. */
export const TARGETS = {
  "hf:ORG/NAME": "a dataset on the Hugging Face Hub (HF_TOKEN, HF_ENDPOINT)",
  "github:OWNER/REPO": "a release of a GitHub repository (GITHUB_TOKEN, GITHUB_API_URL)",
  zenodo: "a deposit at Zenodo (ZENODO_TOKEN, ZENODO_URL)",
  "file://DIR": "a folder",
} as const;

/** `owner/name` as both hosts allow them. */
const REPOSITORY = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9_.-]+$/u;

export interface TargetOptions {
  readonly to: string;
  readonly environment: Environment;
  /** Without a token nobody can be asked; a dry run asks nobody. */
  readonly isDryRun: boolean;
}

function address(environment: Environment, name: string, usual: string): string {
  const value = (environment[name] || usual).replace(/\/+$/u, "");
  if (URL.canParse(value)) return value;
  throw new PapersetError(
    "USAGE",
    `${name} is ${JSON.stringify(value)}; it takes an address such as ${usual}.`,
  );
}

function tokenFrom({ environment, isDryRun, to }: TargetOptions, name: string): string {
  const token = environment[name];
  if (token) return token;
  if (isDryRun) return "";
  throw new PapersetError("USAGE", `To publish to ${to}, set ${name} to a token that may write there.`);
}

function repositoryIn(to: string, rest: string): string {
  if (REPOSITORY.test(rest)) return rest;
  throw new PapersetError("USAGE", `--to ${to}: ${JSON.stringify(rest)} is no OWNER/NAME.`);
}

async function zenodo(options: TargetOptions, { folder }: Release): Promise<Target> {
  const url = address(options.environment, "ZENODO_URL", "https://zenodo.org");
  const metadata = JSON.parse(await readFile(join(folder, ".zenodo.json"), "utf8")) as DepositMetadata;
  return zenodoTarget(openClient(tokenFrom(options, "ZENODO_TOKEN"), [new URL(url).origin]), metadata, url);
}

/** The place that `--to` names, for one release. */
export async function targetFor(options: TargetOptions, release: Release): Promise<Target> {
  const { to, environment } = options;
  const { version } = release;
  const { title, description } = DATASET;
  const [scheme = "", rest = ""] = to.split(/:(.*)/su);
  if (to === "zenodo") return zenodo(options, release);
  if (scheme === "hf") {
    const hubUrl = address(environment, "HF_ENDPOINT", "https://huggingface.co");
    const token = tokenFrom(options, "HF_TOKEN");
    return hubTarget({ repository: repositoryIn(to, rest), version, title, hubUrl, token });
  }
  if (scheme === "github") {
    const apiUrl = address(environment, "GITHUB_API_URL", "https://api.github.com");
    const origins = [new URL(apiUrl).origin, uploadOrigin(apiUrl)];
    const client = openClient(tokenFrom(options, "GITHUB_TOKEN"), origins);
    const notes = `${description}\n\nREADME.md says what is in it, manifest.json where each file belongs, SHA256SUMS its digest.`;
    return githubTarget(client, { repository: repositoryIn(to, rest), version, title, notes, apiUrl });
  }
  if (scheme === "file") return folderTarget(fileFolder(to, rest), version);
  throw new PapersetError("USAGE", `--to ${to} is no target; there are ${Object.keys(TARGETS).join(", ")}.`);
}

/** `file:///folder` as addresses are written, and `file://folder` for one below the current. */
function fileFolder(to: string, rest: string): string {
  return rest.startsWith("///") ? fileURLToPath(to) : resolve(rest.replace(/^\/\//u, ""));
}
