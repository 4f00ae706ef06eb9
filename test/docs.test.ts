import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { COMMANDS } from "../pipeline/commands.ts";
import { CHECK_SAID_NO, ERROR_CODES } from "../pipeline/core/errors.ts";
import { DOCUMENTS, SECTIONS, withSection } from "../pipeline/docs.ts";
import { ACCEPTABLE, GATES } from "../pipeline/release/gates.ts";
import { TABLE_NAMES } from "../schemas/index.ts";
import { REPOSITORY_STATUSES } from "../schemas/vocabularies.ts";

const ROOT = join(import.meta.dirname, "..");
const text = (path: string) => readFile(join(ROOT, path), "utf8");
/** First cells of a Markdown file's table rows that are code. */
const codeCells = (markdown: string) => [...markdown.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]);

test.each(Object.entries(DOCUMENTS))(
  "%s is what the code says; `make docs` writes it",
  async (path, expected) => {
    expect(await text(path)).toBe(expected);
  },
);

test("the README lists every table, status, gate and command, and none that is not there", async () => {
  const named = codeCells(await text("README.md"));
  const commands = [
    "run",
    "parse",
    "verify [release]",
    "diff <before> [after]",
    "publish [release] --to TARGET",
    "inspect <paper> [mention]",
    "evaluate",
  ]; // the four stages share a row
  expect(named).toEqual([
    ...TABLE_NAMES,
    ...Object.keys(REPOSITORY_STATUSES),
    ...commands,
    ...Object.keys(GATES),
  ]);
  for (const { name } of COMMANDS) expect(await text("README.md")).toContain(`\`${name}`);
});

test.each(SECTIONS)("the $name in $path are what the code says; `make docs` writes them", async (section) => {
  const document = await text(section.path);
  expect(document).toBe(withSection(document, section.name, section.text));
});

test("a document without the marks of a part is not written", () => {
  expect(withSection("# Paperset\n", "gates", "| gate |\n")).toBeUndefined();
  const marked = "a\n<!-- gates: written by make docs -->\nold\n<!-- end of gates -->\nb\n";
  expect(withSection(marked, "gates", "new\n")).toBe(marked.replace("old\n", "\nnew\n\n"));
});

test("the README says of each gate when it holds, and whether what it finds can be accepted", async () => {
  const lines = (await text("README.md")).split("\n");
  for (const [gate, holds] of Object.entries(GATES)) {
    const [row] = lines.filter((line) => line.startsWith(`| \`${gate}\``));
    expect(row).toContain(holds);
    expect(row?.includes("| yes")).toBe((ACCEPTABLE as readonly string[]).includes(gate));
  }
  expect(ACCEPTABLE).toEqual(Object.keys(GATES).slice(-4)); // the README says: the last four
});

test("the README names every exit code", async () => {
  const line = (await text("README.md")).replaceAll("\n", " ");
  const codes = new Set([0, CHECK_SAID_NO, ...Object.values(ERROR_CODES).map(({ exit }) => exit)]);
  const said = /Exit codes: ([^.]+)\./.exec(line)?.[1] ?? "";
  expect(new Set([...said.matchAll(/\b(\d) /g)].map((match) => Number(match[1])))).toEqual(codes);
});

test("every make target in the README and CONTRIBUTING is there, and make help lists it", async () => {
  const help = execFileSync("make", ["help"], { cwd: ROOT, encoding: "utf8" });
  const named = [
    ...(await text("README.md")).matchAll(/\bmake ([a-z]+)/g),
    ...(await text("CONTRIBUTING.md")).matchAll(/\bmake ([a-z]+)/g),
  ];
  for (const [, target] of named) expect(help).toMatch(new RegExp(`^make ${target} `, "m"));
});

test("every dependency is exact and has its reason in CONTRIBUTING", async () => {
  const contributing = await text("CONTRIBUTING.md");
  const all = { ...packageJson.dependencies, ...packageJson.devDependencies };
  for (const [name, version] of Object.entries(all)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(contributing).toMatch(new RegExp(`^\\|[^|]*${name}[^|]*\\|`, "m"));
  }
});

test("relative links in the documents lead to files", async () => {
  for (const path of ["README.md", "CONTRIBUTING.md", "docs/decisions.md"])
    for (const [, target = ""] of (await text(path)).matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      await expect(text(target), `${path} -> ${target}`).resolves.toBeTypeOf("string");
});
