import { parse } from "csv-parse/sync";
import { delimiterOf } from "../1-parse/containers/csv-rows.ts";
import { PapersetError, reasonOf } from "../core/errors.ts";

/** Two records, by their ids, that somebody has judged to be of one work. */
export type Pair = readonly [a: string, b: string];

export interface Labels {
  /** Each pair once, both records known. */
  readonly pairs: readonly Pair[];
  /** The first line, where it names no record: a heading. */
  readonly heading: Pair | null;
  /** Lines that say again what an earlier one said. */
  readonly repeated: number;
  /** Ids that no record has, and the pairs that name one: no figure counts them. */
  readonly unknownIds: readonly string[];
  readonly setAside: number;
}

export const pairKey = (a: string, b: string): string => JSON.stringify(a < b ? [a, b] : [b, a]);

function cellsOf(text: string, file: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text.slice(0, 1_000).split(/\r?\n/u, 1)[0] ?? ""),
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    const words = reasonOf(cause);
    throw new PapersetError("USAGE", `The labelled pairs in ${file} are no table: ${words}.`, {}, { cause });
  }
}

/**
 * Reads labelled pairs: two ids a line, parted by a comma, a tab or a semicolon. A first line of which no record has
 * either cell as its id is a heading.
 */
export function readLabels(text: string, known: ReadonlySet<string>, file: string): Labels {
  const pairs = new Map<string, Pair>();
  const unknown = new Set<string>();
  let heading: Pair | null = null;
  let repeated = 0;
  const setAside = new Set<string>();
  for (const [at, [a = "", b = "", ...more]] of cellsOf(text, file).entries()) {
    if (a === "" || b === "" || a === b || more.length > 0)
      throw new PapersetError(
        "USAGE",
        `Entry ${at + 1} of ${file} holds ${JSON.stringify([a, b, ...more].join(" "))}; labelled pairs are two different ids a line.`,
      );
    const missing = [a, b].filter((id) => !known.has(id));
    if (at === 0 && missing.length === 2) {
      heading = [a, b];
      continue;
    }
    const key = pairKey(a, b);
    if (pairs.has(key) || setAside.has(key)) repeated += 1;
    else if (missing.length === 0) pairs.set(key, [a, b]);
    else setAside.add(key);
    for (const id of missing) unknown.add(id);
  }
  return {
    pairs: [...pairs.values()],
    heading,
    repeated,
    unknownIds: [...unknown].sort(),
    setAside: setAside.size,
  };
}

/** The work of each record as the pairs have it, named by its first record: what pairs tie, directly or through others, is one. */
export function labelledWorks(ids: readonly string[], pairs: readonly Pair[]): Map<string, string> {
  const above = new Map<string, string>();
  const topOf = (id: string): string => {
    let top = id;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    if (top !== id) above.set(id, top);
    return top;
  };
  for (const [a, b] of pairs) {
    const [first = a, second = b] = [topOf(a), topOf(b)].sort();
    if (first !== second) above.set(second, first);
  }
  return new Map(ids.map((id) => [id, topOf(id)]));
}
