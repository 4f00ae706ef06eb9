import type { RepositoryAsk } from "../repository.ts";
import { type Batch, halves } from "./batches.ts";
import type { Account } from "./github-account.ts";
import { type AliasOutcome, type GraphqlReading, graphqlBody, readGraphql } from "./github-graphql.ts";

/** One query for a batch of names, and what follows where it did not reach all of them. */

/** A query that fails is asked again as it was, once, and then in halves; a single name that fails is left to REST. */
const FAILURES_BEFORE_HALVES = 2;

/** Sends the query for a batch and reads what came, which may be nothing. */
export async function queryBatch(
  { asks }: Batch<RepositoryAsk>,
  account: Account,
  url: string,
): Promise<GraphqlReading & { readonly tookMs: number }> {
  const request = { method: "POST", url, body: graphqlBody(asks) } as const;
  const sent = await account.send("graphql", request, (answer) => readGraphql(answer, asks.length));
  if (!("problem" in sent)) return sent;
  const notReached: AliasOutcome = { kind: "not_reached", problem: sent.problem };
  return { limit: null, isTooMuch: false, aliases: asks.map(() => notReached), tookMs: 0 };
}

/** What of a batch is to be asked again, and in which pieces. */
export function leftAfter(
  { asks, failures }: Batch<RepositoryAsk>,
  { limit, isTooMuch, aliases }: GraphqlReading,
): readonly Batch<RepositoryAsk>[] {
  const left = asks.filter((_, i) => aliases[i]?.kind === "not_reached");
  if (left.length === 0) return [];
  // a limit is no failure of the query
  if (limit !== null) return [{ asks: left, failures }];
  const again = { asks: left, failures: failures + 1 };
  if (!isTooMuch && again.failures < FAILURES_BEFORE_HALVES) return [again];
  return left.length === 1 ? [] : halves(again);
}
