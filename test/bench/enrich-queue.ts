import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { github } from "../../pipeline/3-enrich/hosts/github.ts";
import { openJournal } from "../../pipeline/3-enrich/journal.ts";
import { KnownRepositories } from "../../pipeline/3-enrich/known.ts";
import { Queue } from "../../pipeline/3-enrich/queue.ts";
import type { Effects, HttpRequest } from "../../pipeline/core/effects.ts";
import { paperNaming } from "../support/repositories.ts";
import { benchEffects } from "./effects.ts";

/** How much memory the stage holds for what it has not asked yet. */

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

async function* papersNaming(count: number): AsyncGenerator<Paper> {
  for (let i = 0; i < count; i += 1) yield paperNaming(`lab/code-${i}`);
}

/** Bytes of objects and of lists of numbers that are held, once what was let go of is given back. */
async function held(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    collect();
    await setTimeout(50);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function heldInCheck(count: number): Promise<number> {
  const before = await held();
  const journal = openJournal("/nowhere/journal.jsonl");
  const known = await KnownRepositories.of(papersNaming(count), null, journal, () => {}, effects.signal);
  const queue = new Queue(known);
  let number = 0;
  for await (const repository of known.all()) queue.push(number++, repository);
  const answers = github(config)
    .check(queue, { effects, tell() {} })
    [Symbol.asyncIterator]();
  for (let i = 0; i < 20; i += 1) await answers.next();
  const during = await held();
  await answers.return?.();
  return queue.length === count ? during - before : Number.NaN; // the queue is alive until here
}

/** Megabytes that so many repositories that are known and queued add to the stage. */
export async function queueMegabytes(count: number): Promise<number> {
  await heldInCheck(2000);
  return ((await heldInCheck(count)) - (await heldInCheck(2000))) / 2 ** 20;
}
