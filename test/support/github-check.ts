import { type GitHubConfig, github } from "../../pipeline/3-enrich/hosts/github.ts";
import { openNetwork } from "../../pipeline/3-enrich/http.ts";
import type { Answer, DatedAnswer } from "../../pipeline/3-enrich/repository.ts";
import { interleave } from "../../pipeline/core/interleave.ts";
import { type TestEffects, testEffects } from "./effects.ts";
import { type GitHubDouble, type Replies, startGitHubDouble } from "./github-double.ts";
import { askOf } from "./repositories.ts";

/** The token that doubles of the code host accept in tests. */
export const TOKEN = "t0ken-that-nobody-may-see";

/** A running double, a client that holds its token, and what is to be closed at the end of the test. */
export interface GitHubAtHand {
  readonly double: GitHubDouble;
  readonly github: GitHubConfig;
  readonly effects: TestEffects;
  close(): Promise<void>;
}

/** Starts a double that wants the token, and the real client for it. */
export async function githubAtHand(
  repositories: Replies["repositories"],
  replies: Partial<Replies> = {},
  sent: string = TOKEN,
): Promise<GitHubAtHand> {
  const double = await startGitHubDouble({ token: TOKEN, repositories, ...replies });
  const network = openNetwork(new Map([[double.apiUrl, sent]]));
  return {
    double,
    github: { apiUrl: double.apiUrl, graphqlUrl: double.graphqlUrl },
    effects: testEffects(network),
    async close() {
      await network.close();
      await double.close();
    },
  };
}

/** What a check gives until it ends, and the error that ended it, if one did. */
export interface CheckOutcome {
  readonly batches: readonly (readonly DatedAnswer[])[];
  /** By the name that was asked for. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly error: unknown;
}

/** Asks about the names, batch by batch. */
export function check(
  names: readonly string[],
  { github: config, effects }: Pick<GitHubAtHand, "github" | "effects">,
): AsyncIterator<readonly DatedAnswer[]> & AsyncIterable<readonly DatedAnswer[]> {
  const context = { effects, tell() {} };
  return interleave([github(config).check(names.map(askOf), context)]);
}

/** Asks about the names, and collects what comes. */
export async function checkNames(
  names: readonly string[],
  { github, effects }: Pick<GitHubAtHand, "github" | "effects">,
): Promise<CheckOutcome> {
  const nameOf = new Map(names.map((name) => [askOf(name).repository_id, name]));
  const batches: DatedAnswer[][] = [];
  let error: unknown = null;
  try {
    for await (const batch of check(names, { github, effects })) batches.push([...batch]);
  } catch (thrown) {
    error = thrown;
  }
  const pairs = batches.flat().map((dated) => [nameOf.get(dated.repository_id) ?? "", dated.answer] as const);
  return { batches, answers: new Map(pairs), error };
}
