import { closeSync, openSync } from "node:fs";
import { readRecordAt } from "../core/files.ts";
import { Growing } from "../core/growing.ts";
import type { Journal } from "./journal.ts";
import type { JournalEntry } from "./repository.ts";

/** Where the journal holds what it knows of each repository: some numbers an entry, which are read again when asked for. */
export class JournalIndex {
  private readonly path: string;
  /** By number of repository: the place of its first entry in `order`; one more for the end. */
  private readonly starts: Uint32Array;
  private readonly order: Uint32Array;
  private readonly places: Float64Array;
  private readonly bytes: Int32Array;

  private constructor(path: string, count: number, of: Int32Array, places: Float64Array, bytes: Int32Array) {
    this.path = path;
    this.places = places;
    this.bytes = bytes;
    this.starts = new Uint32Array(count + 1);
    for (const number of of) this.starts[number + 1] = (this.starts[number + 1] ?? 0) + 1;
    for (let number = 0; number < count; number += 1)
      this.starts[number + 1] = (this.starts[number + 1] ?? 0) + (this.starts[number] ?? 0);
    const next = this.starts.slice();
    this.order = new Uint32Array(of.length);
    for (const [entry, number] of of.entries()) {
      const at = next[number] ?? 0;
      this.order[at] = entry;
      next[number] = at + 1;
    }
  }

  /**
   * Reads through the journal as it is now.
   * @param count how many repositories there are
   * @param numberOf the number of the one with an id; negative: there is none
   */
  static async of(
    journal: Journal,
    count: number,
    numberOf: (repository_id: string) => number,
    signal: AbortSignal,
  ): Promise<JournalIndex> {
    const of = new Growing((length) => new Int32Array(length));
    const places = new Growing((length) => new Float64Array(length));
    const bytes = new Growing((length) => new Int32Array(length));
    for await (const line of journal.lines()) {
      signal.throwIfAborted();
      const number = numberOf(line.entry.repository_id);
      if (number < 0) continue;
      of.push(number);
      places.push(line.place);
      bytes.push(line.bytes);
    }
    return new JournalIndex(journal.path, count, of.all(), places.all(), bytes.all());
  }

  /** Opens the journal for reading what it holds of each repository. */
  open(): { entriesOf(number: number): JournalEntry[]; close(): void } {
    const { starts, order, places, bytes } = this;
    const file = order.length === 0 ? null : openSync(this.path, "r");
    return {
      entriesOf(number) {
        if (file === null) return [];
        const entries = [...order.subarray(starts[number], starts[number + 1])];
        return entries.map((entry) =>
          readRecordAt<JournalEntry>(file, places[entry] ?? 0, bytes[entry] ?? 0),
        );
      },
      close() {
        if (file !== null) closeSync(file);
      },
    };
  }
}
