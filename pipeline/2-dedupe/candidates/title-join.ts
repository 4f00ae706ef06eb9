/**
 * Pairs of titles with many words in common: an exact set-similarity join by prefix filtering (Chaudhuri et al., ICDE
 * 2006; Bayardo et al., WWW 2007) with length and positional filters (Xiao et al., PPJoin, WWW 2008). Two sets that are
 * alike share a word among their rarest ones, so that only those are looked up.
 */

/** Words in so many titles are no start: pairs that share only such words are not looked for. */
const MOST_OF_WORD = 2_000;

/** Titles as sets of word numbers, the rarest words first. Equally rare words are in the order of their letters. */
export function rankedTitles(titles: readonly (readonly string[])[]): {
  sets: Int32Array[];
  frequency: Int32Array;
} {
  const counts = new Map<string, number>();
  for (const words of titles)
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ordered = [...counts].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  const rank = new Map(ordered.map(([word], at) => [word, at]));
  const sets = titles.map((words) =>
    Int32Array.from(new Set(words.map((word) => rank.get(word) ?? 0))).sort(),
  );
  return { sets, frequency: Int32Array.from(ordered, ([, count]) => count) };
}

/** Words that two sorted sets share. */
function overlap(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common;
}

/** How many words of a set of this size and a not smaller one must be shared. */
const needed = (least: number, a: number, b: number) => Math.ceil((least / (1 + least)) * (a + b) - 1e-9);

/**
 * The pairs of titles whose Jaccard likeness by words is `least` or more, each once, as places in `titles`, the greater
 * first. Titles that share no word but very common ones are not found.
 */
export function* joinTitles(
  titles: readonly (readonly string[])[],
  least: number,
): Generator<readonly [number, number]> {
  const { sets, frequency } = rankedTitles(titles);
  // from the shortest on: every set meets only shorter ones, and those too short to be alike can be told
  const order = Int32Array.from(sets.keys()).sort(
    (a, b) => (sets[a]?.length ?? 0) - (sets[b]?.length ?? 0) || a - b,
  );
  const lists = new Map<number, { readonly titles: number[]; readonly places: number[]; first: number }>();
  for (const x of order) {
    const set = sets[x] ?? new Int32Array();
    const shortest = Math.ceil(least * set.length - 1e-9);
    const prefix = set.length - shortest + 1;
    const met = new Set<number>();
    for (let at = 0; at < prefix && at < set.length; at += 1) {
      const word = set[at] ?? 0;
      if ((frequency[word] ?? 0) > MOST_OF_WORD) break;
      const list = lists.get(word);
      if (list === undefined) {
        lists.set(word, { titles: [x], places: [at], first: 0 });
        continue;
      }
      while (list.first < list.titles.length && (sets[list.titles[list.first] ?? 0]?.length ?? 0) < shortest)
        list.first += 1;
      for (let i = list.first; i < list.titles.length; i += 1) {
        const y = list.titles[i] ?? 0;
        if (met.has(y)) continue;
        const other = sets[y] ?? new Int32Array();
        // at most the words behind this place can be shared too
        const most = 1 + Math.min(set.length - at - 1, other.length - (list.places[i] ?? 0) - 1);
        const least_ = needed(least, set.length, other.length);
        if (most < least_) continue;
        met.add(y);
        if (overlap(set, other) >= least_) yield x > y ? [x, y] : [y, x];
      }
      list.titles.push(x);
      list.places.push(at);
    }
  }
}
