import { stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256OfFile } from "../core/digest.ts";
import { filesIn, textIfThere } from "../core/files.ts";
import { MANIFEST, type Release } from "../core/release.ts";
import { isBroughtAlong } from "./downloaded.ts";
import { type Finding, MISSING } from "./gates.ts";

/** The lines of SHA256SUMS as `sha256sum` reads them: digest, two spaces, path. */
async function readSums(folder: string): Promise<Map<string, string>> {
  const text = (await textIfThere(join(folder, "SHA256SUMS"))) ?? "";
  return new Map(
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}

/** The gates `files` and `sums`. */
export async function checkFiles({ folder, manifest }: Release): Promise<Finding[]> {
  const findings: Finding[] = [];
  const present = new Set(await filesIn(folder));
  const listed = new Set([MANIFEST, ...manifest.files.map((file) => file.path)]);
  for (const path of listed)
    if (!present.has(path)) findings.push({ gate: "files", where: path, found: MISSING });
  for (const path of present)
    if (!listed.has(path) && !isBroughtAlong(path))
      findings.push({ gate: "files", where: path, found: "the manifest does not name it" });
  const sums = await readSums(folder);
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!present.has(path)) continue;
    const { size } = await stat(join(folder, path));
    if (size !== bytes)
      findings.push({ gate: "sums", where: path, found: `${size} bytes instead of ${bytes}` });
    else if ((await sha256OfFile(join(folder, path))) !== sha256)
      findings.push({ gate: "sums", where: path, found: "its content has changed" });
    if (path !== "SHA256SUMS" && sums.get(path) !== sha256)
      findings.push({ gate: "sums", where: path, found: "SHA256SUMS and manifest differ" });
  }
  for (const path of sums.keys())
    if (!listed.has(path))
      findings.push({ gate: "sums", where: path, found: "SHA256SUMS names it and the manifest does not" });
  return findings;
}
