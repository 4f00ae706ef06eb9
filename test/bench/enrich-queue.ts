import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { github } from "../../pipeline/3-enrich/hosts/github.ts";
import type { Effects, HttpRequest } from "../../pipeline/core/effects.ts";
import { askOf } from "../support/repositories.ts";
import { benchEffects } from "./effects.ts";

/** How much memory a check holds for what it has not asked yet. */

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Answers every query at once: each name is there. */
function answer({ body = "" }: HttpRequest) {
  const { variables } = JSON.parse(body) as { variables: Record<string, string> };
  const names = Object.keys(variables).filter((name) => name.startsWith("o"));
  const nodes = names.map((_, i) => [
    `r${i}`,
    {
      databaseId: i + 1,
      nameWithOwner: `${variables[`o${i}`]}/${variables[`n${i}`]}`,
      stargazerCount: 1,
      forkCount: 0,
      isArchived: false,
      isFork: false,
      createdAt: "2020-01-02T03:04:05Z",
    },
  ]);
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data: Object.fromEntries(nodes) }),
  };
}

const effects: Effects = { ...benchEffects, network: { request: async (request) => answer(request) } };
const config = {
  apiUrl: "https://github.invalid",
  graphqlUrl: "https://github.invalid",
  tokens: ["one"],
  leaveShare: 0,
  maxWaitMs: 0,
};

async function heapInCheck(count: number): Promise<number> {
  const asks = Array.from({ length: count }, (_, i) => askOf(`lab/code-${i}`));
  collect();
  const before = process.memoryUsage().heapUsed;
  const answers = github(config)
    .check(asks, { effects, tell() {} })
    [Symbol.asyncIterator]();
  for (let i = 0; i < 20; i += 1) await answers.next();
  collect();
  const held = process.memoryUsage().heapUsed - before;
  await answers.return?.();
  return asks.length === count ? held : Number.NaN; // the asks are alive until here
}

/** Megabytes that so many queued repositories add to a check, beside the list of them. */
export async function queueMegabytes(count: number): Promise<number> {
  await heapInCheck(2000);
  return ((await heapInCheck(count)) - (await heapInCheck(2000))) / 2 ** 20;
}
