import { createHash } from "node:crypto";
import { sha256 } from "../../../pipeline/core/digest.ts";
import {
  type Answer,
  type Asked,
  arriving,
  type Double,
  type Faults,
  jsonIn,
  NOT_FOUND,
  noFaults,
  startDouble,
} from "./double.ts";

/**
 * The Hugging Face Hub's API for datasets, as its clients speak it (huggingface.co/docs/huggingface.js/hub/README and
 * huggingface.co/docs/hub/api): large files go by Git LFS (git-lfs/docs/api/batch.md) to a storage of another origin, a
 * commit brings all files at once, a tag names a commit.
 */

interface HeldFile {
  readonly content: Buffer;
  readonly isLfs: boolean;
}
type Tree = ReadonlyMap<string, HeldFile>;

export interface HubDouble extends Double {
  readonly storage: Double;
  /** Trees by commit, in order. */
  readonly commits: Map<string, Tree>;
  readonly tags: Map<string, string>;
  readonly faults: Faults;
  /** The tag of a version is refused so many times more. */
  refusedTags: number;
  /** Where the next page of a list of files is said to be. */
  nextPage: string | null;
}

const gitId = (content: Buffer) =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");

interface Operation {
  readonly key: string;
  readonly value: { readonly path: string; readonly content?: string; readonly oid?: string };
}

export async function startHub(token: string, { exists = true } = {}): Promise<HubDouble> {
  const faults = noFaults();
  const objects = new Map<string, Buffer>();
  const commits = new Map<string, Tree>([["0".repeat(40), new Map()]]);
  const tags = new Map<string, string>();
  let isThere = exists;

  const storage = await startDouble(({ path, body }) => {
    objects.set(path.slice(1), body);
    return { status: 200 };
  }, null);

  const head = () => [...commits.keys()].at(-1) ?? "";
  const treeAt = (revision: string) =>
    commits.get(revision === "main" ? head() : (tags.get(revision) ?? revision));

  function entry([path, { content, isLfs }]: readonly [string, HeldFile]) {
    const lfs = { oid: sha256(content), size: content.length, pointerSize: 130 };
    return {
      type: "file",
      path,
      size: content.length,
      oid: gitId(content),
      ...(isLfs ? { lfs } : {}),
    };
  }

  function commit(asked: Asked): Answer {
    const tree = new Map(treeAt("main"));
    for (const line of asked.body.toString("utf8").split("\n")) {
      const { key, value } = JSON.parse(line) as Operation;
      if (key === "deletedFile") tree.delete(value.path);
      if (key === "lfsFile") {
        const content = objects.get(value.oid ?? "");
        if (content === undefined) return { status: 400, json: { error: "LFS object is missing" } };
        tree.set(value.path, { content, isLfs: true });
      }
      if (key === "file") {
        const content = arriving(value.path, Buffer.from(value.content ?? "", "base64"), faults);
        if (content === null) return { status: 502 };
        tree.set(value.path, { content, isLfs: false });
      }
    }
    const oid = String(commits.size).padStart(40, "0");
    commits.set(oid, tree);
    return { status: 200, json: { commitOid: oid, commitUrl: `commit/${oid}`, hookOutput: "" } };
  }

  function batch(asked: Asked): Answer {
    const wanted = jsonIn<{ objects: readonly { oid: string; size: number }[] }>(asked).objects;
    const answered = wanted.map((object) =>
      objects.has(object.oid)
        ? object
        : { ...object, actions: { upload: { href: `${storage.url}/${object.oid}` } } },
    );
    return { status: 200, json: { transfer: "basic", objects: answered } };
  }

  function preupload(asked: Asked): Answer {
    const { files } = jsonIn<{ files: readonly { path: string; size: number }[] }>(asked);
    const modes = files.map(({ path }) => ({
      path,
      uploadMode: path.endsWith(".parquet") ? "lfs" : "regular",
      shouldIgnore: false,
    }));
    return { status: 200, json: { files: modes } };
  }

  function answer(asked: Asked): Answer {
    const { path } = asked;
    if (path === "/api/repos/create") {
      isThere = true;
      tree(new Map([[".gitattributes", { content: Buffer.from("*.parquet lfs\n"), isLfs: false }]]));
      return { status: 200, json: { url: "datasets/ada/stones", id: "1" } };
    }
    if (!isThere) return NOT_FOUND;
    if (path === "/datasets/ada/stones.git/info/lfs/objects/batch") return batch(asked);
    const [, rest] = path.split("/api/datasets/ada/stones");
    if (rest === undefined) return NOT_FOUND;
    const [, call = "", revision = "main"] = rest.split("/");
    if (call === "") return { status: 200, json: { id: "ada/stones", likes: 0 } };
    if (call === "refs")
      return {
        status: 200,
        json: {
          branches: [],
          converts: [],
          tags: [...tags].map(([name, targetCommit]) => ({ name, targetCommit })),
        },
      };
    if (call === "preupload") return preupload(asked);
    if (call === "commit") return commit(asked);
    if (call === "tag") {
      if (double.refusedTags > 0) {
        double.refusedTags -= 1;
        return { status: 500 };
      }
      const { tag } = jsonIn<{ tag: string }>(asked);
      if (tags.has(tag)) return { status: 409 };
      tags.set(tag, revision === "main" ? head() : revision);
      return { status: 200 };
    }
    const found = call === "tree" ? treeAt(revision) : undefined;
    const headers = double.nextPage === null ? {} : { link: `<${double.nextPage}>; rel="next"` };
    return found === undefined ? NOT_FOUND : { status: 200, json: [...found].map(entry), headers };
  }
  const tree = (files: Tree) => commits.set(String(commits.size).padStart(40, "0"), files);

  const server = await startDouble(answer, token);
  const close = async () => {
    await storage.close();
    await server.close();
  };
  const double: HubDouble = {
    ...server,
    close,
    storage,
    commits,
    tags,
    faults,
    refusedTags: 0,
    nextPage: null,
  };
  return double;
}
