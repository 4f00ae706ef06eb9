import type { Effects } from "./effects.ts";

/** A set of records that can be read more than once, and the digest that names its content. */
export interface Records<T> {
  readonly digest: string;
  records(): AsyncIterable<T>;
}

/** A record that a stage could not use: data, counted and written out, never thrown and never dropped. */
export interface Reject {
  readonly reason: string;
  readonly file: string | null;
  readonly line: number | null;
  /** The first words of what was found. */
  readonly found: string;
}

/** What a stage did with what it read. `read = written + rejected + merged + furniture` is checked. */
export interface Tally {
  read: number;
  /** Records that became part of another record. */
  merged: number;
  /** Parts of a capture that are no record by their nature (header, navigation), by kind. */
  readonly furniture: Record<string, number>;
}

export interface StageContext<Config> {
  readonly config: Config;
  readonly effects: Effects;
  readonly tally: Tally;
  reject(reject: Reject): void;
  /** Adds a named fact to the stage's report. */
  note(name: string, value: unknown): void;
}

/**
 * A stage is a value: a name and a generator from records to records. `run` is a property, not a method, so that
 * feeding one stage with another's output of the wrong type does not compile.
 */
export interface Stage<In, Out, Config> {
  readonly name: string;
  readonly run: (input: AsyncIterable<In>, context: StageContext<Config>) => AsyncIterable<Out>;
}
