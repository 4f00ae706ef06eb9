import { createHash } from "node:crypto";
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
 * Zenodo's deposits, as developers.zenodo.org describes them: files go to a bucket, a new version begins with the files
 * of the one before, only drafts can be changed.
 */

interface Deposition {
  readonly id: number;
  submitted: boolean;
  metadata: { readonly title?: string; readonly version?: string };
  readonly files: Map<string, Buffer>;
  draft: number | null;
}

export interface ZenodoDouble extends Double {
  readonly depositions: Deposition[];
  readonly faults: Faults;
}

const md5 = (content: Buffer) => createHash("md5").update(content).digest("hex");

export async function startZenodo(token: string): Promise<ZenodoDouble> {
  const depositions: Deposition[] = [];
  const faults = noFaults();

  function make(metadata: Deposition["metadata"], files: Deposition["files"]): Deposition {
    const made = { id: 542_201 + depositions.length, submitted: false, metadata, files, draft: null };
    depositions.push(made);
    return made;
  }
  const shown = ({ id, submitted, metadata, draft }: Deposition, url: string) => ({
    id,
    submitted,
    state: submitted ? "done" : "unsubmitted",
    metadata,
    links: {
      ...(submitted ? {} : { bucket: `${url}/api/files/bucket-${id}` }),
      ...(draft === null ? {} : { latest_draft: `${url}/api/deposit/depositions/${draft}` }),
    },
  });

  function bucket(deposit: Deposition | undefined, name: string, asked: Asked): Answer {
    if (deposit === undefined || deposit.submitted) return { status: 403, json: { message: "Forbidden" } };
    const content = arriving(name, asked.body, faults);
    if (content === null) return { status: 502 };
    if (content.length === 0) return { status: 400, json: { message: "File is empty." } };
    deposit.files.set(name, content);
    return { status: 201, json: { key: name, size: content.length, checksum: `md5:${md5(content)}` } };
  }

  function newVersion(deposit: Deposition, url: string): Answer {
    deposit.draft ??= make(deposit.metadata, new Map(deposit.files)).id; // again has no effect
    return { status: 201, json: shown(deposit, url) };
  }

  function change(deposit: Deposition, rest: string, asked: Asked, url: string): Answer {
    const [, what = "", name = ""] = rest.split("/");
    if (what === "files" && asked.method === "GET") {
      const files = [...deposit.files].map(([filename, content]) => ({
        id: `id-of-${filename}`,
        filename,
        filesize: content.length,
        checksum: md5(content),
      }));
      return { status: 200, json: files };
    }
    if (name === "newversion") return newVersion(deposit, url);
    if (deposit.submitted) return { status: 403, json: { message: "Forbidden" } };
    if (what === "files")
      return deposit.files.delete(name.replace("id-of-", "")) ? { status: 204 } : NOT_FOUND;
    if (name === "publish") {
      deposit.submitted = true;
      return { status: 202, json: shown(deposit, url) };
    }
    deposit.metadata = jsonIn<Deposition>(asked).metadata;
    return { status: 200, json: shown(deposit, url) };
  }

  function answer(asked: Asked, url: string): Answer {
    const { method, path, query } = asked;
    const [, place, name = ""] = /^\/api\/files\/bucket-(\d+)\/(.+)$/u.exec(path) ?? [];
    const byId = (id: string | undefined) => depositions.find((deposit) => deposit.id === Number(id));
    if (place !== undefined) return bucket(byId(place), name, asked);
    const [, id, rest = ""] = /^\/api\/deposit\/depositions(?:\/(\d+))?(\/.*)?$/u.exec(path) ?? [];
    if (!path.startsWith("/api/deposit/depositions")) return NOT_FOUND;
    if (id !== undefined) {
      const deposit = byId(id);
      return deposit === undefined ? NOT_FOUND : change(deposit, rest, asked, url);
    }
    if (method === "POST")
      return { status: 201, json: shown(make(jsonIn<Deposition>(asked).metadata ?? {}, new Map()), url) };
    const title = /^title:"(.*)"$/u.exec(query.get("q") ?? "")?.[1] ?? "";
    const words = title.split(" ")[0] ?? ""; // a search finds more than what is asked for
    const found = depositions.filter((deposit) => deposit.metadata.title?.includes(words)).toReversed();
    return { status: 200, json: found.map((deposit) => shown(deposit, url)) };
  }

  return { ...(await startDouble(answer, token)), depositions, faults };
}
