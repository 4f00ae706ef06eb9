import { closeSync, fstatSync, openSync } from "node:fs";
import { readAt } from "../../core/files.ts";

/** A stretch of a file of lines: those that begin in it. */
export interface Slice {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Threads take so many bytes of lines at once. */
const SLICE = 1 << 20;
const LINE_FEED = 10;

/** The slices of a file, each line in one of them. */
export function* slicesOf(path: string): Generator<Slice> {
  const size = sizeOf(path);
  for (let from = 0; from < size; from += SLICE) yield { path, from, to: Math.min(from + SLICE, size) };
}

function sizeOf(path: string): number {
  const file = openSync(path, "r");
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** Lines at hand: line `i` is in `bytes` from `starts[i]` to `starts[i + 1]`, with its line feed. */
export interface Lines {
  readonly bytes: Buffer;
  /** The place in the file at which `bytes` begins. */
  readonly position: number;
  /** One more than there are lines. */
  readonly starts: readonly number[];
}

/** Bytes that end with the first line feed in or behind their last one. */
function readToLineEnd(file: number, position: number, size: number): Buffer {
  for (let more = 1 << 16; ; more *= 4) {
    const bytes = readAt(file, Buffer.allocUnsafe(size + more), position);
    const end = bytes.indexOf(LINE_FEED, size - 1);
    if (end !== -1) return bytes.subarray(0, end + 1);
    if (bytes.length < size + more) return bytes;
  }
}

/** Reads the lines of a slice. The last line of a file may have no line feed. */
export function readLines({ path, from, to }: Slice): Lines {
  const file = openSync(path, "r");
  try {
    // the byte before tells whether a line begins here
    const position = Math.max(0, from - 1);
    const bytes = readToLineEnd(file, position, to - position);
    const starts: number[] = [];
    let start = from === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
    if (from > 0 && start === 0) return { bytes, position, starts: [0] };
    for (; position + start < to; start = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length)
      starts.push(start);
    starts.push(start);
    return { bytes, position, starts };
  } finally {
    closeSync(file);
  }
}
