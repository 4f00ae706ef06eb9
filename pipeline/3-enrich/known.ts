import { setImmediate } from "node:timers/promises";
import type { Paper } from "../2-dedupe/paper.ts";
import { Growing } from "../core/growing.ts";
import type { Release } from "../core/release.ts";
import type { Journal } from "./journal.ts";
import { JournalIndex } from "./journal-index.ts";
import { uncheckedRow } from "./judge.ts";
import { keyOf, type Naming, Namings, namedBy } from "./namings.ts";
import { applyEntry, type Tracked } from "./repositories.ts";
import { RowsById } from "./rows-by-id.ts";

/** So many repositories are gone through before others have their turn. */
const AT_ONCE = 500;

/**
 * Every different repository that papers name. What is known of one follows from the previous release and the journal,
 * and is made again whenever it is needed: of each only its names and some numbers are held.
 */
export class KnownRepositories {
  private readonly namings: Namings;
  /** The place of each repository's first name; one more for the end. */
  private readonly firsts: Int32Array;
  private readonly previous: Release | null;
  private readonly journal: Journal;
  private index: Promise<JournalIndex> | null = null;

  private readonly signal: AbortSignal;

  private constructor(namings: Namings, previous: Release | null, journal: Journal, signal: AbortSignal) {
    this.signal = signal;
    this.namings = namings;
    const firsts = new Growing((length) => new Int32Array(length));
    for (let at = 0; at < namings.length; at += 1)
      if (at === 0 || namings.idAt(at) !== namings.idAt(at - 1)) firsts.push(at);
    firsts.push(namings.length);
    this.firsts = firsts.copy();
    this.previous = previous;
    this.journal = journal;
  }

  /** @param count told how many repositories each paper names */
  static async of(
    papers: AsyncIterable<Paper>,
    previous: Release | null,
    journal: Journal,
    count: (namings: number) => void,
    signal: AbortSignal,
  ): Promise<KnownRepositories> {
    const namings = await Namings.of(papers, previous, count, signal);
    return new KnownRepositories(namings, previous, journal, signal);
  }

  private get count(): number {
    return this.firsts.length - 1;
  }

  /** The first name of the repository with this number. */
  nameOf(number: number): Naming {
    return this.namings.at(this.firsts[number] ?? 0);
  }

  /** Says that the journal holds more than when it was last read. */
  journalGrew(): void {
    this.index = null;
  }

  /** All of them in the order of ids, which is that of their numbers, each as it is known now. */
  async *all(): AsyncGenerator<Tracked> {
    this.index ??= JournalIndex.of(this.journal, this.count, (id) => this.numberOf(id), this.signal);
    const journal = (await this.index).open();
    const { previous } = this;
    const rows = new RowsById(previous?.rows("repositories"), `repositories in ${previous?.folder}`);
    const observations = new RowsById(
      previous?.rows("repository_observations"),
      `repository_observations in ${previous?.folder}`,
    );
    try {
      for (let number = 0; number < this.count; number += 1) {
        if (number % AT_ONCE === 0) await setImmediate(); // what stops the run is heard
        this.signal.throwIfAborted();
        const [from, to] = [this.firsts[number] ?? 0, this.firsts[number + 1] ?? 0];
        const namings = Array.from({ length: to - from }, (_, i) => this.namings.at(from + i));
        const first = this.nameOf(number);
        const [row = uncheckedRow(namedBy(first))] = await rows.of(first.repository_id);
        const repository: Tracked = {
          row,
          keys: namings.map(keyOf),
          namings: namings.reduce((sum, { times }) => sum + times, 0),
          observations: await observations.of(first.repository_id),
          absorbed_ids: [],
        };
        for (const entry of journal.entriesOf(number)) applyEntry(repository, entry);
        yield repository;
      }
      await Promise.all([rows.finish(), observations.finish()]);
    } finally {
      journal.close();
      await Promise.all([rows.close(), observations.close()]);
    }
  }

  /** The number of the repository with this id; -1: papers name none. */
  private numberOf(id: string): number {
    const idOf = (number: number) => this.namings.idAt(this.firsts[number] ?? 0);
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (idOf(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low < this.count && idOf(low) === id ? low : -1;
  }
}
