import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DEPOSIT_FILE } from "../../4-emit/metadata/zenodo.ts";
import type { Environment } from "../../config.ts";
import { PapersetError } from "../../core/errors.ts";
import { readJson } from "../../core/files.ts";
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
  readonly sleep: (milliseconds: number) => Promise<void>;
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

function zenodo(options: TargetOptions, metadata: DepositMetadata): Target {
  const url = address(options.environment, "ZENODO_URL", "https://zenodo.org");
  return zenodoTarget(
    openClient(tokenFrom(options, "ZENODO_TOKEN"), [new URL(url).origin], options.sleep),
    metadata,
    url,
  );
}

/** What a release says of itself to those who keep it. */
async function depositMetadata(folder: string): Promise<DepositMetadata> {
  const path = join(folder, DEPOSIT_FILE);
  const value = await readJson(path).catch(() => undefined);
  if (typeof value === "object" && value !== null && "title" in value && "version" in value)
    return value as DepositMetadata;
  throw new PapersetError(
    "RELEASE_MISSING",
    `${path} is missing or damaged, and says what to publish under which name: make the release again.`,
  );
}

/** The place that `--to` names, for one release. */
export async function targetFor(options: TargetOptions, release: Release): Promise<Target> {
  const { to, environment } = options;
  const { version, folder } = release;
  const metadata = await depositMetadata(folder);
  const { title } = metadata;
  const [scheme = "", rest = ""] = to.split(/:(.*)/su);
  if (to === "zenodo") return zenodo(options, metadata);
  if (scheme === "hf") {
    const hubUrl = address(environment, "HF_ENDPOINT", "https://huggingface.co");
    const token = tokenFrom(options, "HF_TOKEN");
    return hubTarget({ repository: repositoryIn(to, rest), version, title, hubUrl, token });
  }
  if (scheme === "github") {
    const apiUrl = address(environment, "GITHUB_API_URL", "https://api.github.com");
    const origins = [new URL(apiUrl).origin, uploadOrigin(apiUrl)];
    const client = openClient(tokenFrom(options, "GITHUB_TOKEN"), origins, options.sleep);
    const notes = `${title}, version ${version}.\n\nREADME.md says what is in it, manifest.json where each file belongs, SHA256SUMS its digest.`;
    return githubTarget(client, { repository: repositoryIn(to, rest), version, title, notes, apiUrl });
  }
  if (scheme === "file") return folderTarget(fileFolder(to, rest), version);
  throw new PapersetError("USAGE", `--to ${to} is no target; there are ${Object.keys(TARGETS).join(", ")}.`);
}

/** `file:///folder` as addresses are written, and `file://folder` for one below the current. */
function fileFolder(to: string, rest: string): string {
  return rest.startsWith("///") ? fileURLToPath(to) : resolve(rest.replace(/^\/\//u, ""));
}
