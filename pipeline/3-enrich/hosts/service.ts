import type { Effects } from "../../core/effects.ts";
import type { DatedAnswer, RepositoryAsk } from "../repository.ts";

/** What asking costs, told before anything is sent. */
export interface Plan {
  /** How many requests of each kind, such as `GraphQL queries`. */
  readonly requests: Readonly<Record<string, number>>;
  /** How many there are at least, where it is not known yet what there is to ask about. */
  readonly leastRequests?: number;
  /** How long they take at the service's own pace. */
  readonly seconds: number;
}

/** How a check goes on, for people to watch; what is left out is as it was told last. */
export interface News {
  /** Requests sent so far in this run. */
  readonly requests?: number;
  /** How many more the service allows before its window ends. */
  readonly remaining?: number;
  /** Milliseconds until the service may be asked again; 0 when it does not wait. */
  readonly waitingMs?: number;
}

export interface CheckContext {
  readonly effects: Effects;
  tell(news: News): void;
}

/** What is to be asked, in order: a list, or what makes each when its turn comes. */
export type Asks<Ask> = Iterable<Ask> & { readonly length: number };

/**
 * A service on the internet that is asked about what papers name, one file each. It keeps the service's own rate,
 * never asks further before the answers it gave were taken (they are then in the journal), gives a failed answer
 * where an ask failed, and gives none where it did not ask. It throws only what stops the run.
 */
export interface Service<Ask, Found, Due extends Asks<Ask> = readonly Ask[]> {
  /** What `--only` calls it. */
  readonly name: string;
  answersFor(ask: Ask): boolean;
  plan(asks: Due, now: Date): Plan;
  check(asks: Due, context: CheckContext): AsyncIterable<readonly Found[]>;
}

/** A service that tells of repositories. */
export type RepositoryService = Service<RepositoryAsk, DatedAnswer, Asks<RepositoryAsk>>;
