import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256OfFile } from "../../core/digest.ts";
import { exists, makeFolder, unwritable } from "../../core/files.ts";
import type { Edition, RemoteFile, Target } from "./target.ts";

async function filesIn(folder: string): Promise<RemoteFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      name: relative(folder, path).split(sep).join("/"),
      bytes: (await stat(path)).size,
      digest: { algorithm: "sha256" as const, hex: await sha256OfFile(path) },
    })),
  );
}

/** A folder, such as a mounted share: `<dir>/<version>` appears by one rename when everything has arrived. */
export function folderTarget(dir: string, version: string): Target {
  const final = join(dir, version);
  const begun = join(dir, `.${version}.partial`);
  const edition = (folder: string): Edition => ({
    isPublished: folder === final,
    list: () => filesIn(folder),
    async change(uploads, stale, sent) {
      for (const { name } of stale) await rm(join(folder, name));
      for (const { name, file } of uploads) {
        const path = join(folder, name);
        await mkdir(dirname(path), { recursive: true });
        await copyFile(file, path).catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
        sent();
      }
    },
    publish: () => rename(folder, final),
  });
  return {
    address: pathToFileURL(final).href,
    takesEmptyFiles: true,
    nameOf: (path) => path,
    refuses: () => null,
    async find() {
      if (await exists(final)) return edition(final);
      return (await exists(begun)) ? edition(begun) : null;
    },
    async begin() {
      await makeFolder(begun);
      return edition(begun);
    },
  };
}
