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
 * GitHub's releases, as docs.github.com/en/rest/releases/releases and .../assets describe them: drafts are not found
 * by their tag, names of assets are unique within a release, and each asset tells its digest.
 */

interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string;
  draft: boolean;
  readonly assets: Map<number, { readonly name: string; readonly content: Buffer }>;
}

export interface GitHubReleases extends Double {
  readonly releases: Release[];
  readonly faults: Faults;
  /** An older server, which tells no digests. */
  tellsDigests: boolean;
}

export async function startGitHubReleases(
  token: string,
  { uploadUrl }: { uploadUrl?: string } = {},
): Promise<GitHubReleases> {
  const releases: Release[] = [];
  const faults = noFaults();
  let ids = 0;

  const shown = ({ assets: _, ...release }: Release, url: string) => ({
    ...release,
    upload_url: `${uploadUrl ?? url}/repos/ada/stones/releases/${release.id}/assets{?name,label}`,
  });
  const asset = (id: number, { name, content }: { name: string; content: Buffer }) => ({
    id,
    name,
    size: content.length,
    state: "uploaded",
    digest: double.tellsDigests ? `sha256:${sha256(content)}` : null,
  });

  function upload(release: Release, asked: Asked): Answer {
    const name = asked.query.get("name") ?? "";
    const content = arriving(name, asked.body, faults);
    if (content === null) return { status: 502 };
    if (content.length === 0)
      return {
        status: 422,
        json: { message: "Validation Failed", errors: [{ code: "custom", field: "size" }] },
      };
    if ([...release.assets.values()].some((other) => other.name === name))
      return { status: 422, json: { message: "Validation Failed", errors: [{ code: "already_exists" }] } };
    ids += 1;
    release.assets.set(ids, { name, content });
    return { status: 201, json: asset(ids, { name, content }) };
  }

  function answer(asked: Asked, url: string): Answer {
    const { method, path, query } = asked;
    const [, rest = ""] = path.split("/repos/ada/stones/releases");
    const [, first = "", second = ""] = rest.split("/");
    const page = <T>(items: readonly T[]): T[] => {
      const size = Number(query.get("per_page"));
      return items.slice((Number(query.get("page")) - 1) * size, Number(query.get("page")) * size);
    };
    if (!path.startsWith("/repos/ada/stones/releases")) return NOT_FOUND;
    if (rest === "" && method === "GET")
      return { status: 200, json: page(releases.map((one) => shown(one, url))) };
    if (rest === "" && method === "POST") {
      ids += 1;
      const made = { ...jsonIn<Omit<Release, "id" | "assets">>(asked), id: ids, assets: new Map() };
      releases.push(made);
      return { status: 201, json: shown(made, url) };
    }
    if (first === "tags") {
      const found = releases.find(({ tag_name, draft }) => !draft && tag_name === second);
      return found === undefined ? NOT_FOUND : { status: 200, json: shown(found, url) };
    }
    if (first === "assets" && method === "DELETE") {
      const holds = releases.find(({ assets }) => assets.delete(Number(second)));
      return holds === undefined ? NOT_FOUND : { status: 204 };
    }
    const release = releases.find(({ id }) => id === Number(first));
    if (release === undefined) return NOT_FOUND;
    if (second === "assets" && method === "POST") return upload(release, asked);
    if (second === "assets")
      return { status: 200, json: page([...release.assets].map(([id, held]) => asset(id, held))) };
    if (method !== "PATCH") return NOT_FOUND;
    release.draft = jsonIn<{ draft: boolean }>(asked).draft;
    return { status: 200, json: shown(release, url) };
  }

  const double = { ...(await startDouble(answer, token)), releases, faults, tellsDigests: true };
  return double;
}
