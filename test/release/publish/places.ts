import type { Environment } from "../../../pipeline/config.ts";
import type { Double, Faults } from "./double.ts";
import { startGitHubReleases } from "./github-double.ts";
import { startHub } from "./hub-double.ts";
import { startZenodo } from "./zenodo-double.ts";

/** Every place of publication that is on the internet, behind one view of what a reader finds there. */

export const TOKEN = "hf_a-token-for-tests";

export interface Place {
  readonly double: Double;
  readonly faults: Faults;
  readonly to: string;
  readonly environment: Environment;
  /** Whether files without a byte stand there. */
  readonly takesEmptyFiles: boolean;
  readonly nameOf: (path: string) => string;
  /** The files of a version that a reader finds there, or null. */
  readonly published: (version: string) => ReadonlyMap<string, Buffer> | null;
  /** Puts a published file under another content. */
  readonly falsify: (version: string, name: string) => void;
}

const flat = (path: string) => (path.split("/").at(-1) ?? "").replace(/^\./, "");
const contents = (files: Iterable<{ name: string; content: Buffer }>) =>
  new Map([...files].map(({ name, content }) => [name, content]));

export const PLACES = {
  async "the Hugging Face Hub"(): Promise<Place> {
    const double = await startHub(TOKEN, { exists: false });
    const at = (version: string) => double.commits.get(double.tags.get(`v${version}`) ?? "");
    return {
      double,
      faults: double.faults,
      to: "hf:ada/stones",
      environment: { HF_TOKEN: TOKEN, HF_ENDPOINT: double.url },
      takesEmptyFiles: true,
      nameOf: (path: string) => path,
      published(version) {
        const tree = at(version);
        const files = [...(tree ?? [])].map(([name, { content }]) => ({ name, content }));
        return tree === undefined ? null : contents(files.filter(({ name }) => name !== ".gitattributes"));
      },
      falsify(version, name) {
        (at(version) as Map<string, object>).set(name, { content: Buffer.from("other"), isLfs: false });
      },
    };
  },
  async GitHub(): Promise<Place> {
    const double = await startGitHubReleases(TOKEN);
    const at = (version: string) =>
      double.releases.find(({ tag_name, draft }) => !draft && tag_name === `v${version}`);
    return {
      double,
      faults: double.faults,
      to: "github:ada/stones",
      environment: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: double.url },
      takesEmptyFiles: false,
      nameOf: flat,
      published(version) {
        const assets = at(version)?.assets;
        return assets === undefined ? null : contents(assets.values());
      },
      falsify(version, name) {
        const assets = at(version)?.assets ?? new Map();
        for (const [id, asset] of assets)
          if (asset.name === name) assets.set(id, { name, content: Buffer.from("other") });
      },
    };
  },
  async Zenodo(): Promise<Place> {
    const double = await startZenodo(TOKEN);
    const at = (version: string) =>
      double.depositions.find(({ submitted, metadata }) => submitted && metadata.version === version);
    return {
      double,
      faults: double.faults,
      to: "zenodo",
      environment: { ZENODO_TOKEN: TOKEN, ZENODO_URL: double.url },
      takesEmptyFiles: false,
      nameOf: flat,
      published: (version) => at(version)?.files ?? null,
      falsify: (version, name) => void at(version)?.files.set(name, Buffer.from("other")),
    };
  },
} satisfies Record<string, () => Promise<Place>>;
