import type { Effects } from "./effects.ts";

/** A set of records that can be read more than once, and the digest that names its content. */
export interface Records<T> {
  readonly digest: string;
  records(): AsyncIterable<T>;
  /** The file that holds them, a line of JSON each, where one does. */
  readonly path?: string;
}

/** Records that are lines of JSON already, with a line feed behind each: for stages that make very many. */
export class RecordLines<T> {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Never there: it tells lines of one kind of record from those of another. */
  declare readonly record?: T;

  constructor(bytes: Uint8Array, count: number) {
    this.bytes = bytes;
    this.count = count;
  }
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
  /** The file that holds the input, for stages that read it in parts or twice; null: no file does. */
  readonly inputPath: string | null;
  /** A folder for files that nobody needs once the stage has run. */
  readonly scratch: string;
}

/**
 * A stage is a value: a name and a generator from records to records. `run` is a property, not a method, so that
 * feeding one stage with another's output of the wrong type does not compile.
 */
export interface Stage<In, Out, Config> {
  readonly name: string;
  readonly run: (
    input: AsyncIterable<In>,
    context: StageContext<Config>,
  ) => AsyncIterable<Out | RecordLines<Out>>;
}
