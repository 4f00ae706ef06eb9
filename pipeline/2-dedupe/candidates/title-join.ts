import { Growing } from "../../core/growing.ts";
import { mix } from "../store/hash.ts";
import { blocksOf } from "./blocks.ts";
import type { TitleSets } from "./title-sets.ts";

/**
 * Pairs of titles with many words in common: an exact set-similarity join by prefix filtering (Chaudhuri et al., ICDE
 * 2006; Bayardo et al., WWW 2007) with prefixes one word longer, so that two sets must meet in two words (Wang et al.,
 * AdaptJoin, SIGMOD 2012). Single words are in more titles the more titles there are; two rare ones together are not.
 */

/** Two words that stand together in so many titles are no start: pairs that share only such words are not looked for. */
const MOST_OF_KEY = 200;
/** So many keys are held at once. */
const KEYS_AT_ONCE = 1 << 22;
const ROUNDING = 1e-9;

/** So many words at least have two sets in common if they are alike, one of which has this size. */
const leastCommon = (least: number, size: number) => Math.ceil(least * size - ROUNDING);

/** How many words of two sets of these sizes must be shared. */
const needed = (least: number, a: number, b: number) => Math.ceil((least / (1 + least)) * (a + b) - ROUNDING);

/** What two sets meet under that share two words, or only one where that is enough. */
const keyOf = (first: number, second: number) => mix(Math.imul(first, 0x9e3779b1) ^ mix(second + 1)) || 1;
const NONE = -1;
const isMetByOne = (least: number, size: number) => leastCommon(least, size) <= 1;

/** Calls with every key of a set whose words stand from one place to another, and that begins with a word of the part. */
function eachKey(
  { words }: TitleSets,
  least: number,
  { part, of }: JoinPart,
  from: number,
  to: number,
  call: (key: number) => void,
): void {
  const size = to - from;
  const end = Math.min(to, to - leastCommon(least, size) + 2);
  for (let at = from; at < end; at += 1) {
    if ((words[at] ?? 0) % of !== part) continue;
    if (isMetByOne(least, size)) call(keyOf(words[at] ?? 0, NONE));
    for (let next = at + 1; next < end; next += 1) call(keyOf(words[at] ?? 0, words[next] ?? 0));
  }
}

/** Whether two sets are alike and this is the first key by which they meet: every pair is found by one key. */
class Meeting {
  private readonly sets: TitleSets;
  private readonly least: number;

  constructor(sets: TitleSets, least: number) {
    this.sets = sets;
    this.least = least;
  }

  isFirst(x: number, y: number, isKey: (key: number) => boolean): boolean {
    const { words, starts } = this.sets;
    let [i, j] = [starts[x] ?? 0, starts[y] ?? 0];
    const [endI, endJ] = [starts[x + 1] ?? 0, starts[y + 1] ?? 0];
    const missing = needed(this.least, endI - i, endJ - j);
    let [common, first] = [0, NONE];
    while (i < endI && j < endJ) {
      if (common + Math.min(endI - i, endJ - j) < missing) return false;
      const [word, other] = [words[i] ?? 0, words[j] ?? 0];
      if (word === other) {
        common += 1;
        // one word is the whole key only where no second one is needed
        if (common === 1) first = word;
        else if (common === 2 && missing > 1 && !isKey(keyOf(first, word))) return false;
      }
      if (word <= other) i += 1;
      if (other <= word) j += 1;
    }
    return common >= missing && (missing > 1 || isKey(keyOf(first, NONE)));
  }
}

/** A part of the keys, by what is left when their first words are divided: parts can be joined apart from each other. */
export interface JoinPart {
  readonly part: number;
  readonly of: number;
}
const ALL: JoinPart = { part: 0, of: 1 };

function eachSet(
  sets: TitleSets,
  least: number,
  part: JoinPart,
  call: (set: number, key: number) => void,
): void {
  const { starts } = sets;
  for (let set = 0; set + 1 < starts.length; set += 1)
    eachKey(sets, least, part, starts[set] ?? 0, starts[set + 1] ?? 0, (key) => call(set, key));
}

/** Parts of which each is joined with little memory. */
export function joinParts(sets: TitleSets, least: number): JoinPart[] {
  let keys = 0;
  eachSet(sets, least, ALL, () => {
    keys += 1;
  });
  const of = Math.ceil(keys / KEYS_AT_ONCE);
  return Array.from({ length: of }, (_, part) => ({ part, of }));
}

/**
 * Finds the pairs of titles whose Jaccard likeness by words is `least` or more, each once over all parts, as their
 * numbers, the greater first. Titles that share no two words but such as stand together in very many titles are not
 * found.
 */
export function joinTitles(
  sets: TitleSets,
  least: number,
  part: JoinPart,
  found: (x: number, y: number) => void,
): void {
  const keys = new Growing((length) => new Int32Array(length));
  const owners = new Growing((length) => new Int32Array(length));
  eachSet(sets, least, part, (set, key) => {
    keys.push(key);
    owners.push(set);
  });
  const meeting = new Meeting(sets, least);
  for (const block of blocksOf(keys.all())) {
    if (block.length > MOST_OF_KEY) continue;
    for (let i = 1; i < block.length; i += 1) {
      const [x, key] = [owners.at(block[i] ?? 0), keys.at(block[i] ?? 0)];
      for (let j = 0; j < i; j += 1) {
        const y = owners.at(block[j] ?? 0);
        if (y !== x && meeting.isFirst(x, y, (other) => other === key)) found(x, y);
      }
    }
  }
}
