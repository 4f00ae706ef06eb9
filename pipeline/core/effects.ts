/** Everything that a stage may do to the world, handed in from the edge; tests hand in their own. */
export interface Effects {
  now(): Date;
  /** Waits; rejects when the run is stopped meanwhile. */
  sleep(milliseconds: number): Promise<void>;
  /** Aborted, with the error to throw, when somebody stops the run. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** For the services that the configuration names; the only place that knows tokens. */
  readonly network: Network;
  /** How many threads may work beside this one; 0: none. */
  readonly threads: number;
  /** For addresses that scraped text names: no tokens, public addresses only. */
  readonly web: Network;
  /** Bytes of a file; a path is bytes where its name is no UTF-8. */
  open(path: string | Buffer): AsyncIterable<Uint8Array>;
  /** Bytes of standard input, once. */
  standardInput(): AsyncIterable<Uint8Array>;
}

export type LogLevel = "info" | "warn";

export type ProgressDetails = Readonly<Record<string, string | number>>;

export interface Log {
  /** One sentence for a person, with plain data for programs. */
  say(level: LogLevel, message: string, data?: Readonly<Record<string, unknown>>): void;
  /** How far a stage is; `total` is null where it is not known, `details` are named figures beside it. */
  progress(stage: string, done: number, total: number | null, details?: ProgressDetails): void;
}

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Which of its origin's access tokens is sent, by number; null: none of them. The first unless told otherwise. */
  readonly token?: number | null;
  /** So many bytes of the answer's body are wanted, and no more are read; without it, one that is too long is refused. */
  readonly bodyBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Network {
  /** Sends one request and reads the whole answer; redirects are not followed. Rejects when no answer arrives. */
  request(request: HttpRequest): Promise<HttpAnswer>;
}

/** A moment as every table writes it: UTC, to the second. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
