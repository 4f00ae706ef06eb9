import { closeSync, openSync } from "node:fs";
import { setImmediate as othersTurn } from "node:timers/promises";
import { readAt, writeAt } from "../../core/files.ts";
import type { Works } from "../works/works.ts";
import type { PlacedLines } from "./placed-lines.ts";

/** How lines are gathered: none of it shows in what is read from them. */
export interface Gathering {
  /** Works that follow one another share regions of so many bytes at least. */
  readonly region: number;
  /** So many bytes are read at once. */
  readonly read: number;
  /** So many bytes of a region wait before they are written. */
  readonly write: number;
}

/** A region stays in any machine's memory while it is read; a thousand of them wait for 256 MB at most. */
const USUAL: Gathering = { region: 1 << 26, read: 1 << 24, write: 1 << 18 };
const MOST_REGIONS = 1_000;

/** A stretch of the new file that fills from its beginning. */
class Region {
  private readonly file: number;
  private readonly waiting: Buffer;
  private filled = 0;
  /** Where what waits will stand. */
  private position: number;

  constructor(file: number, position: number, write: number) {
    this.file = file;
    this.position = position;
    this.waiting = Buffer.allocUnsafe(write);
  }

  /** Adds a line, and gives the place at which it stands. */
  add(line: Buffer): number {
    if (this.filled + line.length > this.waiting.length) this.flush();
    const place = this.position + this.filled;
    if (line.length > this.waiting.length) this.write(line);
    else this.filled += line.copy(this.waiting, this.filled);
    return place;
  }

  flush(): void {
    this.write(this.waiting.subarray(0, this.filled));
    this.filled = 0;
  }

  private write(bytes: Buffer): void {
    writeAt(this.file, bytes, this.position);
    this.position += bytes.length;
  }
}

interface Regions {
  /** The region of each line. */
  readonly of: Uint16Array;
  /** Where each region begins. */
  readonly positions: readonly number[];
  /** The number that each region's next line has in the new file. */
  readonly nexts: number[];
}

function regionsOf(
  { starts, order }: PlacedLines,
  works: Works,
  firsts: Iterable<number>,
  size: number,
): Regions {
  const of = new Uint16Array(order.length);
  const [positions, nexts] = [[0], [0]];
  let [position, line] = [0, 0];
  for (const first of firsts) {
    if (position - (positions.at(-1) ?? 0) >= size) {
      positions.push(position);
      nexts.push(line);
    }
    for (const place of works.membersOf(first)) {
      const own = order[place] ?? 0;
      of[own] = positions.length - 1;
      position += (starts[own + 1] ?? 0) - (starts[own] ?? 0);
      line += 1;
    }
  }
  return { of, positions, nexts };
}

/**
 * Copies the lines of a file that is larger than memory, so that those of works that are read one after another stand
 * near each other: lines read in any order would each wait for the disk. The old file is read once, from its beginning
 * to its end.
 *
 * @param firsts the works in the order in which they are to be read: all of them
 */
export async function gatherLines(
  lines: PlacedLines,
  works: Works,
  firsts: Iterable<number>,
  path: string,
  signal: AbortSignal,
  { region, read, write }: Gathering = USUAL,
): Promise<PlacedLines> {
  const { starts, order } = lines;
  const total = starts.at(-1) ?? 0;
  const parts = regionsOf(lines, works, firsts, Math.max(region, total / MOST_REGIONS));
  const gathered = { path, starts: new Float64Array(starts.length), order: new Int32Array(order.length) };
  gathered.starts[order.length] = total;
  const moved = new Int32Array(order.length);
  const startOf = (line: number) => starts[line] ?? 0;
  const from = openSync(lines.path, "r");
  const into = openSync(path, "w");
  try {
    const regions = parts.positions.map((position) => new Region(into, position, write));
    for (let line = 0; line < order.length; ) {
      const start = startOf(line);
      let end = line + 1;
      while (end < order.length && startOf(end + 1) - start <= read) end += 1;
      const bytes = readAt(from, Buffer.allocUnsafe(startOf(end) - start), start);
      for (; line < end; line += 1) {
        const part = parts.of[line] ?? 0;
        const next = parts.nexts[part] ?? 0;
        const own = bytes.subarray(startOf(line) - start, startOf(line + 1) - start);
        gathered.starts[next] = regions[part]?.add(own) ?? 0;
        moved[line] = next;
        parts.nexts[part] = next + 1;
      }
      await othersTurn();
      signal.throwIfAborted();
    }
    for (const part of regions) part.flush();
  } finally {
    closeSync(from);
    closeSync(into);
  }
  for (const [place, line] of order.entries()) gathered.order[place] = moved[line] ?? 0;
  return gathered;
}
