import { PapersetError } from "../../core/errors.ts";
import type { Client } from "./http.ts";
import { type Edition, flatName, type RemoteFile, type Target } from "./target.ts";

/**
 * A release of a GitHub repository, whose assets are the files (docs.github.com/en/rest/releases/releases and
 * .../releases/assets). It stays a draft until every file has arrived.
 */

/** docs.github.com, "About releases": under 2 GiB a file, at most 1000 files. */
const MAX_BYTES = 2 ** 31 - 1;
const MAX_FILES = 1_000;
const PAGE = 100;

interface GitHubRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string | null;
  readonly draft: boolean;
  readonly upload_url: string;
}

interface Asset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** `sha256:` and hex; null for an asset that is older than digests, or not complete. */
  readonly digest: string | null;
  readonly state: "uploaded" | "open" | "starter";
}

export interface GitHubOptions {
  readonly repository: string;
  readonly version: string;
  readonly title: string;
  readonly notes: string;
  readonly apiUrl: string;
}

/** Where GitHub takes files: a host of its own for github.com, the same one elsewhere. */
export const uploadOrigin = (apiUrl: string): string =>
  apiUrl === "https://api.github.com" ? "https://uploads.github.com" : new URL(apiUrl).origin;

export function githubTarget(client: Client, options: GitHubOptions): Target {
  const { repository, version, title, apiUrl } = options;
  const tag = `v${version}`;
  const name = `${title}, version ${version}`;
  const releases = `${apiUrl}/repos/${repository}/releases`;
  const accept = "application/vnd.github+json";

  /** Every item of a list that comes in pages. */
  async function* paged<T>(url: string): AsyncGenerator<T> {
    for (let page = 1; ; page += 1) {
      const { body } = await client.call({
        method: "GET",
        url: `${url}?per_page=${PAGE}&page=${page}`,
        accept,
      });
      const items = body as readonly T[];
      yield* items;
      if (items.length < PAGE) return;
    }
  }

  function edition({ id, draft, upload_url }: GitHubRelease): Edition {
    const ids = new Map<string, number>();
    return {
      isPublished: !draft,
      async list() {
        const files: RemoteFile[] = [];
        ids.clear();
        for await (const asset of paged<Asset>(`${releases}/${id}/assets`)) {
          ids.set(asset.name, asset.id);
          if (asset.digest === null && asset.state === "uploaded")
            throw new PapersetError(
              "PUBLISH_FAILED",
              `${apiUrl} tells no digest of ${asset.name}, so nobody can say what arrived: nothing was published.`,
            );
          const hex = asset.digest?.replace(/^sha256:/u, "") ?? "of an upload that broke off";
          files.push({ name: asset.name, bytes: asset.size, digest: { algorithm: "sha256", hex } });
        }
        return files;
      },
      async change(uploads, stale, sent) {
        const replaced = [...stale, ...uploads].flatMap((file) => ids.get(file.name) ?? []);
        for (const asset of replaced)
          await client.call({ method: "DELETE", url: `${releases}/assets/${asset}`, accept, allow: [404] });
        for (const upload of uploads) {
          const url = `${upload_url.replace(/\{.*\}$/u, "")}?name=${encodeURIComponent(upload.name)}`;
          await client.call({ method: "POST", url, upload, accept });
          sent();
        }
      },
      async publish() {
        // "legacy": the latest is told by the commit's date and the version, and not by what was published last
        const json = { draft: false, make_latest: "legacy" };
        await client.call({ method: "PATCH", url: `${releases}/${id}`, json, accept });
      },
    };
  }

  return {
    address: `https://github.com/${repository}/releases/tag/${tag}`,
    takesEmptyFiles: false, // "size must be greater than or equal to 1"
    nameOf: flatName,
    refuses(uploads) {
      const large = uploads.find(({ bytes }) => bytes > MAX_BYTES);
      if (large !== undefined)
        return `GitHub takes no file of 2 GiB or more, and ${large.path} has ${large.bytes} bytes: make the release with smaller shards.`;
      return uploads.length > MAX_FILES
        ? `GitHub takes at most ${MAX_FILES} files in a release, and this one has ${uploads.length}: make it with larger shards.`
        : null;
    },
    async find() {
      const { status, body } = await client.call({
        method: "GET",
        url: `${releases}/tags/${tag}`,
        accept,
        allow: [404],
      });
      if (status !== 404) return edition(body as GitHubRelease);
      // a draft has no tag yet, and is found in the list alone
      for await (const release of paged<GitHubRelease>(releases))
        if (release.draft && release.tag_name === tag && release.name === name) return edition(release);
      return null;
    },
    async begin() {
      const json = { tag_name: tag, name, body: options.notes, draft: true };
      const { body } = await client.call({ method: "POST", url: releases, json, accept });
      const release = body as GitHubRelease;
      if (!release.draft)
        throw new PapersetError("PUBLISH_FAILED", `${releases} made a release that is no draft.`);
      return edition(release);
    },
  };
}
