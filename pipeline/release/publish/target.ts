import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** A place of publication, small enough that one file speaks to each. */

/** A file of the release, under the name that it has at the place of publication. */
export interface Upload {
  /** Below the release folder. */
  readonly path: string;
  /** On this machine. */
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file at the place, with the digest that the place itself tells. */
export interface RemoteFile {
  readonly name: string;
  readonly bytes: number;
  readonly digest: Digest;
}

/** `git` is the id of a blob: SHA-1 over a header and the content (git-scm.com/book, "Git Internals - Git Objects"). */
export interface Digest {
  readonly algorithm: "sha256" | "md5" | "git";
  readonly hex: string;
}

/** One version at a place: begun, or published and not to be changed any more. */
export interface Edition {
  readonly isPublished: boolean;
  list(): Promise<readonly RemoteFile[]>;
  /** Sends files, in place of others of their names, and takes away what does not belong to the release. */
  change(uploads: readonly Upload[], stale: readonly RemoteFile[], sent: () => void): Promise<void>;
  publish(): Promise<void>;
}

export interface Target {
  /** Where a reader will find the version. */
  readonly address: string;
  /** False: a file without a byte is refused there, and left out; the manifest says that it is empty. */
  readonly takesEmptyFiles: boolean;
  /** The name that a file of the release gets there. */
  nameOf(path: string): string;
  /** Why a release of these files cannot stand there, or null. */
  refuses(uploads: readonly Upload[]): string | null;
  /** The version, if it was begun or published. */
  find(): Promise<Edition | null>;
  begin(): Promise<Edition>;
}

/** The digest of a file on this machine, as a place of publication tells it. */
export async function digestOf(upload: Upload, algorithm: Digest["algorithm"]): Promise<string> {
  if (algorithm === "sha256") return upload.sha256;
  const digest = createHash(algorithm === "git" ? "sha1" : "md5");
  if (algorithm === "git") digest.update(`blob ${upload.bytes}\0`);
  for await (const chunk of createReadStream(upload.file)) digest.update(chunk as Buffer);
  return digest.digest("hex");
}

/** Whether a remote file has the content of this one. */
export async function isSame(upload: Upload, remote: RemoteFile | undefined): Promise<boolean> {
  return (
    remote !== undefined &&
    remote.bytes === upload.bytes &&
    remote.digest.hex === (await digestOf(upload, remote.digest.algorithm))
  );
}

/**
 * A name without folders, for places that have none: base names are different within a release. A leading dot is left
 * out, since GitHub renames such files.
 */
export const flatName = (path: string): string => (path.split("/").at(-1) ?? path).replace(/^\./u, "");
