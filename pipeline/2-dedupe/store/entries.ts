import { Growing } from "./growing.ts";

/** Many short texts, each with a list of small numbers, in a few large blocks: no object for any of them. */

const BLOCK = 1 << 22;
const SHORT = Uint16Array.BYTES_PER_ELEMENT;

/** A text and a list of numbers of 16 bits; null for none. */
export interface Entry {
  readonly text: string;
  readonly numbers: Uint16Array | null;
}

/** Entries, found again by the order in which they were added. */
export class Entries {
  private readonly blocks: Buffer[] = [];
  /** Block and place of every entry, as one number. */
  private readonly starts = new Growing((length) => new Float64Array(length));
  private readonly sizes = new Growing((length) => new Int32Array(length));
  private free = BLOCK;

  get length(): number {
    return this.starts.length;
  }

  push(text: string, numbers: Uint16Array | null): void {
    const count = numbers?.length ?? 0;
    const size = SHORT * (1 + count) + Buffer.byteLength(text);
    const block = this.blockFor(size);
    block.writeUInt16LE(count, this.free);
    if (numbers !== null) block.set(bytesOf(numbers), this.free + SHORT);
    block.write(text, this.free + SHORT * (1 + count), "utf8");
    this.starts.push((this.blocks.length - 1) * BLOCK + this.free);
    this.sizes.push(size);
    this.free += size + (size % SHORT);
  }

  at(place: number): Entry {
    const { block, from, size } = this.find(place);
    const begin = from + SHORT * (1 + block.readUInt16LE(from));
    const count = (begin - from) / SHORT - 1;
    return {
      text: block.toString("utf8", begin, from + size),
      numbers: count === 0 ? null : new Uint16Array(block.buffer, block.byteOffset + from + SHORT, count),
    };
  }

  /** The text alone. */
  textAt(place: number): string {
    const { block, from, size } = this.find(place);
    return block.toString("utf8", from + SHORT * (1 + block.readUInt16LE(from)), from + size);
  }

  private blockFor(size: number): Buffer {
    const last = this.blocks.at(-1);
    if (last !== undefined && this.free + size <= last.length) return last;
    const block = Buffer.allocUnsafeSlow(Math.max(BLOCK, size));
    this.blocks.push(block);
    this.free = 0;
    return block;
  }

  private find(place: number): { readonly block: Buffer; readonly from: number; readonly size: number } {
    const start = this.starts.at(place);
    const block = this.blocks[Math.floor(start / BLOCK)];
    if (block === undefined) throw new RangeError(`There is no entry ${place}.`);
    return { block, from: start % BLOCK, size: this.sizes.at(place) };
  }
}

const bytesOf = (numbers: Uint16Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
