import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { digestOfFile } from "../../core/digest.ts";
import { exists, filesIn, makeFolder, renameFolder, writingTo } from "../../core/files.ts";
import type { Edition, RemoteFile, Target } from "./target.ts";

async function remoteFile(folder: string, name: string): Promise<RemoteFile> {
  const { size, sha256 } = await digestOfFile(join(folder, name));
  return { name, bytes: size, digest: { algorithm: "sha256", hex: sha256 } };
}

/** A folder, such as a mounted share: `<dir>/<version>` appears by one rename when everything has arrived. */
export function folderTarget(dir: string, version: string): Target {
  const final = join(dir, version);
  const begun = join(dir, `.${version}.partial`);
  const edition = (folder: string): Edition => ({
    isPublished: folder === final,
    list: async () => Promise.all((await filesIn(folder)).map((name) => remoteFile(folder, name))),
    async change(uploads, stale, sent) {
      for (const { name } of stale) await rm(join(folder, name));
      for (const { name, file } of uploads) {
        const path = join(folder, name);
        await mkdir(dirname(path), { recursive: true });
        await writingTo(path, copyFile(file, path));
        sent();
      }
    },
    publish: () => renameFolder(folder, final),
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
