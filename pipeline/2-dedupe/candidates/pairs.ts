import { Growing } from "../../core/growing.ts";
import { sharedFloats } from "../store/shared.ts";

/** Whether two mentions, by their places, are one work; the smaller place first. */
export type Ask = (a: number, b: number) => boolean;

/** Pairs of places as numbers that threads share: each once, in order. */
export interface Pairs {
  readonly numbers: Float64Array;
  /** How many places there are: a pair is its first place times this, and its second. */
  readonly places: number;
}

/** A list of pairs that grows without an object for each. */
export class PairList {
  private readonly pairs = new Growing((length) => new Float64Array(length));
  private readonly places: number;

  constructor(places: number) {
    this.places = places;
  }

  add(a: number, b: number): void {
    this.pairs.push(Math.min(a, b) * this.places + Math.max(a, b));
  }

  /** Every pair once. */
  unique(): Pairs {
    const sorted = this.pairs.all().sort();
    let size = 0;
    for (const pair of sorted) if (size === 0 || pair !== sorted[size - 1]) sorted[size++] = pair;
    const numbers = sharedFloats(size);
    numbers.set(sorted.subarray(0, size));
    return { numbers, places: this.places };
  }
}

/** Asks about the pairs from one place in their list to another. */
export function askPairs({ numbers, places }: Pairs, ask: Ask, from = 0, to = numbers.length): void {
  for (let at = from; at < to; at += 1) {
    const pair = numbers[at] ?? 0;
    const a = Math.floor(pair / places);
    ask(a, pair - a * places);
  }
}
