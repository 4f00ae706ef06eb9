import { pathToFileURL } from "node:url";
import { commit, createRepo, HubApiError, type ListFileEntry, listFiles, repoExists } from "@huggingface/hub";
import { PapersetError } from "../../core/errors.ts";
import { MANIFEST } from "../../core/release.ts";
import { compareVersions } from "../../core/versions.ts";
import type { Edition, RemoteFile, Target } from "./target.ts";

/**
 * A dataset on the Hugging Face Hub. The newest version stands on the branch `main`, and each version under a tag of
 * its own. One commit brings all files, so a reader of `main` never sees half a release.
 */

export interface HubOptions {
  /** `org/name`. */
  readonly repository: string;
  readonly version: string;
  readonly title: string;
  readonly hubUrl: string;
  readonly token: string;
}

/** The hub writes it itself when a dataset is made. */
const GIT_ATTRIBUTES = ".gitattributes";

const remoteFile = ({ path, size, oid, lfs }: ListFileEntry): RemoteFile =>
  lfs === undefined
    ? { name: path, bytes: size, digest: { algorithm: "git", hex: oid ?? "" } }
    : { name: path, bytes: lfs.size, digest: { algorithm: "sha256", hex: lfs.oid } };

/** `fetch` that keeps the hub's token at the hub: files go to a storage, at addresses signed for them. */
function guardedFetch(token: string, hubUrl: string): typeof fetch {
  const own = new URL(hubUrl).origin;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const carries = new Headers(init?.headers).get("authorization")?.includes(token) === true;
    if (carries && url.origin !== own)
      throw new PapersetError(
        "PUBLISH_FAILED",
        `${url.origin} is not the hub: the token was not sent there.`,
      );
    return fetch(input, carries ? { ...init, redirect: "manual" } : init);
  };
}

export function hubTarget({ repository, version, title, hubUrl, token }: HubOptions): Target {
  const repo = { type: "dataset", name: repository } as const;
  const tag = `v${version}`;
  const ask = { repo, hubUrl, accessToken: token, fetch: guardedFetch(token, hubUrl) };

  async function filesAt(revision: string): Promise<RemoteFile[]> {
    const entries = await Array.fromAsync(listFiles({ ...ask, revision, recursive: true }));
    return entries.filter(({ type, path }) => type === "file" && path !== GIT_ATTRIBUTES).map(remoteFile);
  }

  async function isThere(revision: string): Promise<boolean> {
    try {
      await filesAt(revision);
      return true;
    } catch (error) {
      if (error instanceof HubApiError && error.statusCode === 404) return false;
      throw error;
    }
  }

  /** The API has a call for tags (huggingface_hub, `list_repo_refs`) that the JavaScript library lacks. */
  async function requireNewest(): Promise<void> {
    const answer = await ask.fetch(`${hubUrl}/api/datasets/${repository}/refs`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok)
      throw new PapersetError("PUBLISH_FAILED", `The hub told no versions: it answered ${answer.status}.`);
    const { tags } = (await answer.json()) as { readonly tags: readonly { readonly name: string }[] };
    const newer = tags
      .flatMap(({ name }) => /^v(\d+\.\d+\.\d+)$/u.exec(name)?.[1] ?? [])
      .find((other) => compareVersions(other, version) > 0);
    if (newer !== undefined)
      throw new PapersetError(
        "PUBLISH_REFUSED",
        `${hubUrl}/datasets/${repository} has version ${newer} on main, and ${version} would take its place: publish earlier versions first, or name another dataset.`,
      );
  }

  /** The API has a call for tags (huggingface_hub, `create_tag`) that the JavaScript library lacks. */
  async function createTag(revision: string): Promise<void> {
    const answer = await ask.fetch(`${hubUrl}/api/datasets/${repository}/tag/${revision}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ tag, message: `${title}, version ${version}` }),
    });
    if (!answer.ok)
      throw new PapersetError("PUBLISH_FAILED", `The hub made no tag ${tag}: it answered ${answer.status}.`);
  }

  function edition(isPublished: boolean): Edition {
    let revision = isPublished ? tag : "main";
    return {
      isPublished,
      async list() {
        const files = await filesAt(revision);
        const isOurs =
          files.every(({ name }) => name === "README.md") || files.some(({ name }) => name === MANIFEST);
        if (isOurs) return files;
        throw new PapersetError(
          "PUBLISH_REFUSED",
          `${hubUrl}/datasets/${repository} holds files that are no release of Paperset: name another dataset.`,
        );
      },
      async change(uploads, stale, sent) {
        const made = await commit({
          ...ask,
          title: `Version ${version}`,
          operations: [
            ...uploads.map(({ name, file }) => ({
              operation: "addOrUpdate" as const,
              path: name,
              content: pathToFileURL(file),
            })),
            ...stale.map(({ name }) => ({ operation: "delete" as const, path: name })),
          ],
        });
        revision = made?.commit.oid ?? revision;
        uploads.forEach(sent);
      },
      publish: () => createTag(revision),
    };
  }

  return {
    address: `${hubUrl}/datasets/${repository}/tree/${tag}`,
    takesEmptyFiles: true,
    nameOf: (path) => path,
    refuses: () => null,
    async find() {
      if (!(await repoExists(ask))) return null;
      const isPublished = await isThere(tag);
      if (!isPublished) await requireNewest();
      return edition(isPublished);
    },
    async begin() {
      await createRepo(ask);
      return edition(false);
    },
  };
}
