import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "../../pipeline/config.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { type Replies, startGitHubDouble } from "./github-double.ts";
import { runPaperset, TEST_NOW } from "./run-paperset.ts";

/** Captures by file name. */
export type Captures = Readonly<Record<string, string>>;

const STONES = `Counting river stones with patient drones

A drone that waits sees more stones than one that hurries 🪨👩🏽‍🔬. We fly over nine rivers at dawn and count what lies on the banks. Every count is compared with one made by hand. Our code is available at https://github.com/ada-lark/stones.`;
const OWLS = `Listening for owls in orchards after midnight

Cheap microphones hang in forty orchards for a year. Calls are told apart by a small network that runs on a solar battery. The labels are built on top of Birdbook (https://github.com/birdbook/birdbook). A video is at https://vimeo.com/123456789, and the recordings are on https://huggingface.co/datasets/ada-lark/owls.`;
const MAPS = `Old maps, new names: 地名の変化を読む

Place names change while the places stay. We align four atlases and follow each name through two centuries. Nothing is released with this note. The gazetteer "Names, then and now" is described elsewhere, and 川 is the name that changes least.`;
const BRIDGES = `Do bridges remember the carts that crossed them?

Wooden bridges bend a little more every year. We measure the bend of twelve bridges and guess the traffic of a century from it. The guess agrees with toll books in nine cases. Source code: https://github.com/toll-books/bridges.`;
const KITES = `Kites as cheap antennas in flat country

A kite lifts a wire higher than any mast that a village can pay for. We listen with it for a summer and publish what was heard.`;

/** Two listings, one paper in both; and a paper whose repository nobody else names. */
export const CAPTURES: Captures = {
  "2026-03-14-listing.txt": `Mar 14\n\n${STONES}\n\n${OWLS}\n\n${BRIDGES}\n`,
  "2026-03-20-listing.txt": `Mar 20\n\n${MAPS}\n\n${STONES}\n\n${KITES}\n`,
};

/** As `CAPTURES`, with a listing more. */
export const MORE_CAPTURES: Captures = {
  ...CAPTURES,
  "2026-03-21-listing.txt":
    "Mar 21\n\nA paper that is shown once and then withdrawn\n\nIt names code of its own and is gone from the next listing. Such a paper keeps a trace and loses its row. Our code is available at https://github.com/toll-books/withdrawn.\n",
};

const FIELD_GUIDE: Replies["repositories"][string] = {
  found: {
    full_name: "birdbook/field-guide",
    id: 3_000_000_000,
    stars: 41,
    archived: true,
    pushed_at: null,
    topics: [],
    description: 'Birds, "calls", and 鳥',
  },
};

/** What GitHub answers about the repositories of the captures: one is there, one has moved, one is missing. */
export const REPOSITORIES: Replies["repositories"] = {
  "ada-lark/stones": {
    found: { full_name: "ada-lark/stones", id: 7, stars: 0, topics: ["rivers", "drones"], license: "MIT" },
  },
  "birdbook/birdbook": FIELD_GUIDE,
  "birdbook/field-guide": FIELD_GUIDE,
  "toll-books/bridges": { missing: true },
  "toll-books/withdrawn": { found: { full_name: "toll-books/withdrawn", id: 9, stars: 1 } },
};

export interface ReleaseOptions {
  readonly captures?: Captures;
  /** What GitHub answers; null: nobody is asked. */
  readonly repositories?: Replies["repositories"] | null;
  readonly environment?: Environment;
  readonly now?: string;
  /** More options of the command. */
  readonly options?: readonly string[];
}

async function writeFiles(folder: string, files: Captures): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

let inputs = 0;

/** Runs the program over captures, as a person does, and opens the release that `<folder>/out/latest` then names. */
export async function makeRelease(
  folder: string,
  {
    captures = CAPTURES,
    repositories = null,
    environment = {},
    now = TEST_NOW,
    options = [],
  }: ReleaseOptions = {},
): Promise<Release> {
  inputs += 1;
  const [input, out] = [join(folder, `captures-${inputs}`), join(folder, "out")];
  await writeFiles(input, captures);
  const double = repositories === null ? null : await startGitHubDouble({ repositories });
  const hosts =
    double === null
      ? {}
      : {
          GITHUB_API_URL: double.apiUrl,
          GITHUB_GRAPHQL_URL: double.graphqlUrl,
          GITHUB_TOKEN: "a-token-for-tests",
        };
  try {
    const run = await runPaperset(
      ["run", "--input", input, "--out", out, ...(double === null ? ["--offline"] : []), ...options],
      { environment: { ...hosts, ...environment }, now },
    );
    if (run.exitCode !== 0) throw new Error(`The run ended with ${run.exitCode}: ${run.stderr}`);
  } finally {
    await double?.close();
  }
  return openRelease(join(out, "latest"));
}

/** The second release of a folder: every table has rows, retired ids and two checks of a repository among them. */
export async function makeFullRelease(folder: string): Promise<Release> {
  await makeRelease(folder, {
    captures: MORE_CAPTURES,
    repositories: REPOSITORIES,
    now: "2026-11-01T09:00:00Z",
  });
  return makeRelease(folder, { captures: CAPTURES, repositories: REPOSITORIES });
}
