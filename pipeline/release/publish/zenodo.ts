import { PapersetError } from "../../core/errors.ts";
import type { Client } from "./http.ts";
import { type Edition, flatName, type Target } from "./target.ts";

/**
 * A deposit at Zenodo (https://developers.zenodo.org/#depositions). A release after the first becomes a new version of
 * the deposit that carries the same title, so that all share one concept DOI.
 */

/** help.zenodo.org, "Quotas": at most 100 files and 50 GB in a record. */
const MAX_FILES = 100;
const MAX_BYTES = 50e9;

interface Deposition {
  readonly id: number;
  readonly submitted: boolean;
  readonly metadata: { readonly title?: string; readonly version?: string };
  readonly links: { readonly bucket?: string; readonly latest_draft?: string };
}

interface DepositionFile {
  readonly id: string;
  readonly filename: string;
  readonly filesize: number;
  /** MD5 as hex. */
  readonly checksum: string;
}

/** The release's `.zenodo.json`. */
export interface DepositMetadata {
  readonly title: string;
  readonly version: string;
}

export function zenodoTarget(client: Client, metadata: DepositMetadata, url: string): Target {
  const depositions = `${url}/api/deposit/depositions`;

  function edition({ id, submitted, links }: Deposition): Edition {
    const ids = new Map<string, string>();
    return {
      isPublished: submitted,
      async list() {
        const { body } = await client.call({ method: "GET", url: `${depositions}/${id}/files` });
        const files = body as readonly DepositionFile[];
        ids.clear();
        for (const file of files) ids.set(file.filename, file.id);
        return files.map(({ filename, filesize, checksum }) => ({
          name: filename,
          bytes: Number(filesize),
          digest: { algorithm: "md5", hex: checksum.replace(/^md5:/u, "") },
        }));
      },
      async change(uploads, stale, sent) {
        for (const { name } of stale)
          await client.call({
            method: "DELETE",
            url: `${depositions}/${id}/files/${ids.get(name)}`,
            allow: [404],
          });
        if (links.bucket === undefined)
          throw new PapersetError("PUBLISH_FAILED", `Zenodo names no bucket for deposit ${id}.`);
        for (const upload of uploads) {
          await client.call({
            method: "PUT",
            url: `${links.bucket}/${encodeURIComponent(upload.name)}`,
            upload,
          });
          sent();
        }
      },
      async publish() {
        await client.call({ method: "POST", url: `${depositions}/${id}/actions/publish` });
      },
    };
  }

  /** The user's deposits of this title, newest first. */
  async function own(): Promise<Deposition[]> {
    const query = new URLSearchParams({
      q: `title:"${metadata.title.replaceAll(/["\\]/gu, " ")}"`, // the title itself is compared below
      all_versions: "true",
      sort: "mostrecent",
      size: "100",
    });
    const { body } = await client.call({ method: "GET", url: `${depositions}?${query}` });
    return (body as readonly Deposition[]).filter((deposit) => deposit.metadata.title === metadata.title);
  }

  /** A draft with the files of the version before, which are then replaced; else one without files. */
  async function draft(): Promise<Deposition> {
    const [newest] = (await own()).filter(({ submitted }) => submitted);
    if (newest === undefined) {
      const { body } = await client.call({ method: "POST", url: depositions, json: { metadata } });
      return body as Deposition;
    }
    const { body } = await client.call({
      method: "POST",
      url: `${depositions}/${newest.id}/actions/newversion`,
    });
    const address = (body as Deposition).links.latest_draft;
    if (address === undefined)
      throw new PapersetError("PUBLISH_FAILED", `Zenodo names no draft for a new version of ${newest.id}.`);
    return (await client.call({ method: "PUT", url: address, json: { metadata } })).body as Deposition;
  }

  return {
    address: `${url}, deposit “${metadata.title}”, version ${metadata.version}`,
    takesEmptyFiles: false, // github.com/datadryad/dryad-app/pull/440
    nameOf: flatName,
    refuses(uploads) {
      const bytes = uploads.reduce((sum, upload) => sum + upload.bytes, 0);
      if (bytes > MAX_BYTES)
        return `Zenodo takes at most 50 GB in a record, and this release has ${bytes} bytes.`;
      return uploads.length > MAX_FILES
        ? `Zenodo takes at most ${MAX_FILES} files in a record, and this release has ${uploads.length}: make it with larger shards.`
        : null;
    },
    async find() {
      const found = (await own()).find((deposit) => deposit.metadata.version === metadata.version);
      return found === undefined ? null : edition(found);
    },
    begin: async () => edition(await draft()),
  };
}
