import { openAccounts } from "../../pipeline/3-enrich/accounts.ts";
import { github } from "../../pipeline/3-enrich/hosts/github.ts";
import type { GitHubConfig } from "../../pipeline/3-enrich/hosts/github-account.ts";
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

/** Starts a double that wants the token, and the real client for it; both have the same clock. */
export async function githubAtHand(
  repositories: Replies["repositories"],
  replies: Partial<Replies> = {},
  sent: readonly string[] = [TOKEN],
): Promise<GitHubAtHand> {
  const clock = testEffects();
  const now = () => clock.now();
  const double = await startGitHubDouble({ token: TOKEN, repositories, now, ...replies });
  const network = openAccounts(new Map([[double.apiUrl, sent]]));
  return {
    double,
    github: {
      apiUrl: double.apiUrl,
      graphqlUrl: double.graphqlUrl,
      tokens: sent.map((_, i) => `token-${i}`),
      leaveShare: 0.05,
      maxWaitMs: 3_600_000,
    },
    effects: Object.assign(clock, { network }),
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
