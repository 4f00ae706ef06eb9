import { join } from "node:path";
import { digestOfFile } from "../../core/digest.ts";
import { PapersetError } from "../../core/errors.ts";
import { MANIFEST, type Release } from "../../core/release.ts";
import { byPath } from "../../core/table-files.ts";
import { isSame, type RemoteFile, type Target, type Upload } from "./target.ts";

export interface Plan {
  /** In order of paths. */
  readonly uploads: readonly Upload[];
  /** Paths of files without a byte, where the place takes none. */
  readonly leftOut: readonly string[];
}

/** Every file of a release with the name that it gets at the place; stops where the place cannot take them. */
export async function planOf({ folder, manifest }: Release, target: Target): Promise<Plan> {
  const { sha256: own, size } = await digestOfFile(join(folder, MANIFEST));
  const files = [...manifest.files, { path: MANIFEST, bytes: size, sha256: own }]
    .map(({ path, bytes, sha256 }) => ({
      path,
      file: join(folder, path),
      name: target.nameOf(path),
      bytes,
      sha256,
    }))
    .sort(byPath);
  const [uploads, empty] = target.takesEmptyFiles
    ? [files, []]
    : [files.filter(({ bytes }) => bytes > 0), files.filter(({ bytes }) => bytes === 0)];
  const refusal = target.refuses(uploads);
  if (refusal !== null) throw new PapersetError("PUBLISH_REFUSED", refusal);
  if (new Set(uploads.map(({ name }) => name)).size < uploads.length)
    throw new PapersetError(
      "PUBLISH_REFUSED",
      `${target.address} has no folders, and two files of the release have one name there.`,
    );
  return { uploads, leftOut: empty.map(({ path }) => path) };
}

interface Difference {
  /** Files that are not there, or are there with other content. */
  readonly missing: readonly Upload[];
  /** Files there that the release does not have. */
  readonly stale: readonly RemoteFile[];
}

async function differenceOf(uploads: readonly Upload[], remote: readonly RemoteFile[]): Promise<Difference> {
  const byName = new Map(remote.map((file) => [file.name, file]));
  const missing: Upload[] = [];
  for (const upload of uploads) if (!(await isSame(upload, byName.get(upload.name)))) missing.push(upload);
  const own = new Set(uploads.map(({ name }) => name));
  return { missing, stale: remote.filter(({ name }) => !own.has(name)) };
}

const differs = ({ missing, stale }: Difference) => missing.length + stale.length > 0;
const named = ({ missing, stale }: Difference) => [...missing, ...stale].map(({ name }) => name).join(", ");

export interface Published {
  /** Files that were sent now; the others had arrived before. */
  readonly sent: number;
  /** It stood there already, the same in every file. */
  readonly wasPublished: boolean;
}

/**
 * Brings a release to a place: sends what is not there yet, compares the digest of every file as the place tells it
 * with that of this one, and only then publishes. What an interrupted run sent is not sent again. A version that is
 * published is never changed: where it differs, the run stops.
 */
export async function publish(
  target: Target,
  uploads: readonly Upload[],
  progress: (sent: number, total: number) => void,
): Promise<Published> {
  const found = await target.find();
  const edition = found ?? (await target.begin());
  const before = await differenceOf(uploads, await edition.list());
  if (edition.isPublished) {
    if (!differs(before)) return { sent: 0, wasPublished: true };
    throw new PapersetError(
      "PUBLISH_REFUSED",
      `${target.address} is published already and differs in ${named(before)}: a published version is never changed. Make a new release.`,
      { missing: before.missing.map(({ name }) => name), stale: before.stale.map(({ name }) => name) },
    );
  }
  let sent = 0;
  if (differs(before))
    await edition.change(before.missing, before.stale, () => {
      sent += 1;
      progress(sent, before.missing.length);
    });
  const after = await differenceOf(uploads, await edition.list());
  if (differs(after))
    throw new PapersetError(
      "PUBLISH_FAILED",
      `What arrived at ${target.address} differs in ${named(after)}, and was not published. Run the same command again.`,
    );
  await edition.publish();
  return { sent: before.missing.length, wasPublished: false };
}
