import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runPaperset } from "./support/run-paperset.ts";
import { json, type ServiceDouble, startServiceDouble } from "./support/service-double.ts";

/** Services that send the token back in every way they can: it must not come out of the program anywhere. */

const TOKENS = {
  GITHUB_TOKEN: "ghp_secretOfGitHub0123456789",
  GITLAB_TOKEN: "glpat-secretOfGitLab-0123",
  HF_TOKEN: "hf_secretOfTheHub0123456789",
};
const CAPTURE = JSON.stringify({
  title: "Counting River Stones With Patient Drones",
  abstract:
    "Our code is available at https://gitlab.com/ada/stones and https://github.com/ada/stones, the model at https://huggingface.co/ada/stones.",
});

let folder: string;
let double: ServiceDouble;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-secrets-"));
  await mkdir(join(folder, "captures"));
  await writeFile(join(folder, "captures", "list.jsonl"), CAPTURE);
});
afterEach(async () => {
  double.close();
  await rm(folder, { recursive: true });
});

async function allFiles(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return (await Promise.all(files.map((file) => readFile(file, "latin1")))).join("\n");
}

/** Runs the program against a server that stands for each service, and gives everything it wrote anywhere. */
async function everythingWritten(
  answer: (authorization: string) => ReturnType<typeof json>,
  ...options: readonly string[]
): Promise<string> {
  double = await startServiceDouble(({ headers }) => answer(headers.authorization ?? "none"));
  // other names for one machine, so that each token has an origin of its own
  const { port } = new URL(double.origin);
  const environment = {
    ...TOKENS,
    GITHUB_API_URL: `http://localhost:${port}`,
    GITHUB_GRAPHQL_URL: `http://localhost:${port}/graphql`,
    GITLAB_API_URL: `http://127.0.0.1:${port}/gitlab`,
    HF_ENDPOINT: `http://127.0.0.2:${port}/hub`,
  };
  const input = ["run", "--input", join(folder, "captures"), "--out", join(folder, "out"), ...options];
  const { stdout, stderr } = await runPaperset(input, { environment });
  expect(double.authorizations).toContain(`Bearer ${TOKENS.GITLAB_TOKEN}`);
  expect(double.authorizations).toContain(`Bearer ${TOKENS.GITHUB_TOKEN}`);
  return [stdout, stderr, await allFiles()].join("\n");
}

test.each([
  [
    "answers",
    (sent: string) => json(200, { id: 7, path_with_namespace: "ada/stones", description: sent, title: sent }),
  ],
  ["refusals", (sent: string) => json(403, { message: `You sent ${sent}` }, { "x-error-message": sent })],
  ["a bad token", (sent: string) => json(401, { error: `Invalid credentials: ${sent}` })],
  [
    "another place",
    (sent: string) => json(302, "", { location: `https://${sent.replace("Bearer ", "")}.example/` }),
  ],
])("a token that %s send back is in no log, error, journal or release", async (_what, answer) => {
  const written = await everythingWritten(answer, "--debug");
  for (const token of Object.values(TOKENS)) {
    expect(written).not.toContain(token);
    expect(written.toLowerCase()).not.toContain(token.toLowerCase());
  }
});
