import { readAt } from "../../core/files.ts";

/**
 * Many short texts, each with a list of small numbers, in a few large blocks: no object for any of them. Blocks are
 * shared between threads, and those that would take too much memory stand in a file.
 */

/** A text and a list of numbers of 16 bits; null for none. */
export interface Entry {
  readonly text: string;
  readonly numbers: Uint16Array | null;
}

const SHORT = Uint16Array.BYTES_PER_ELEMENT;
/** An entry begins with the bytes of its text in 32 bits, and with how many numbers stand before it in 16. */
const COUNT_AT = 4;
const HEADER = COUNT_AT + SHORT;
const FIRST_ROOM = 1 << 20;

/** Writes entries into one block. */
export class EntryWriter {
  private room = Buffer.allocUnsafeSlow(FIRST_ROOM);
  private free = 0;
  private starts: number[] = [];

  push(text: string, numbers: Uint16Array | null): void {
    const count = numbers?.length ?? 0;
    const bytes = Buffer.byteLength(text);
    const size = HEADER + SHORT * count + bytes;
    this.reserve(size + 1);
    const start = this.free;
    this.starts.push(start);
    this.room.writeUInt32LE(bytes, start);
    this.room.writeUInt16LE(count, start + COUNT_AT);
    if (numbers !== null)
      this.room.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), start + HEADER);
    this.room.write(text, start + HEADER + SHORT * count, "utf8");
    this.free += size + (size % SHORT);
  }

  /** The block with what was pushed since the last one, and where in it each entry begins. */
  take(): { readonly block: SharedArrayBuffer; readonly starts: Int32Array } {
    const block = new SharedArrayBuffer(this.free);
    new Uint8Array(block).set(this.room.subarray(0, this.free));
    const starts = Int32Array.from(this.starts);
    this.free = 0;
    this.starts = [];
    return { block, starts };
  }

  private reserve(size: number): void {
    if (this.free + size <= this.room.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.room.length, this.free + size));
    larger.set(this.room.subarray(0, this.free));
    this.room = larger;
  }
}

/** A block at hand, or where in the file it begins. */
export type Block = SharedArrayBuffer | number;

/** An address names a block and a place in it. */
const BLOCK_SIZE = 2 ** 32;
export const addressOf = (block: number, start: number): number => block * BLOCK_SIZE + start;

/** Most entries in a file are read at once with so many bytes. */
const USUAL = 1 << 10;

/** Reads entries by their addresses; `file` is the descriptor of the file that holds blocks. */
export class EntryReader {
  private readonly blocks: readonly (Buffer | number)[];
  private readonly file: number;
  /** For what is done with before the next is read. */
  private readonly scratch = Buffer.allocUnsafeSlow(USUAL);

  constructor(blocks: readonly Block[], file: number) {
    this.blocks = blocks.map((block) => (typeof block === "number" ? block : Buffer.from(block)));
    this.file = file;
  }

  at(address: number): Entry {
    const { bytes, from } = this.find(address, Buffer.allocUnsafe);
    const count = bytes.readUInt16LE(from + COUNT_AT);
    const numbers = new Uint16Array(bytes.buffer, bytes.byteOffset + from + HEADER, count);
    return { text: textIn(bytes, from), numbers: count === 0 ? null : numbers };
  }

  /** The text alone. */
  textAt(address: number): string {
    const { bytes, from } = this.find(address, () => this.scratch);
    return textIn(bytes, from);
  }

  private find(
    address: number,
    room: (size: number) => Buffer,
  ): { readonly bytes: Buffer; readonly from: number } {
    const block = this.blocks[Math.floor(address / BLOCK_SIZE)];
    if (block === undefined) throw new RangeError(`There is no entry at ${address}.`);
    const from = address % BLOCK_SIZE;
    if (typeof block !== "number") return { bytes: block, from };
    return { bytes: this.read(block + from, room(USUAL)), from: 0 };
  }

  private read(position: number, bytes: Buffer): Buffer {
    readAt(this.file, bytes, position);
    const size = HEADER + SHORT * bytes.readUInt16LE(COUNT_AT) + bytes.readUInt32LE(0);
    if (size <= USUAL) return bytes;
    return readAt(this.file, Buffer.allocUnsafeSlow(size), position);
  }
}

function textIn(bytes: Buffer, from: number): string {
  const begin = from + HEADER + SHORT * bytes.readUInt16LE(from + COUNT_AT);
  return bytes.toString("utf8", begin, begin + bytes.readUInt32LE(from));
}
