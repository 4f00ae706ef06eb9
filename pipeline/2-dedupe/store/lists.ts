import { Growing } from "./growing.ts";

/** Many short texts and lists in a few large blocks: a million of them cost their own bytes and eight each. */

const BLOCK = 1 << 22;

/** Places in blocks; what does not fit into the rest of a block begins the next. */
class Places {
  private readonly starts = new Growing((length) => new Float64Array(length));
  private readonly sizes = new Growing((length) => new Int32Array(length));
  private free = 0;
  private block = -1;
  private room = 0;

  get length(): number {
    return this.starts.length;
  }

  /** Takes room for one more entry; whether a new block of at least that size is needed for it. */
  take(size: number): { readonly block: number; readonly from: number; readonly isNew: boolean } {
    const isNew = this.block < 0 || this.free + size > this.room;
    if (isNew) {
      this.block += 1;
      this.free = 0;
      this.room = Math.max(BLOCK, size);
    }
    const from = this.free;
    this.free += size;
    this.starts.push(this.block * BLOCK + from);
    this.sizes.push(size);
    return { block: this.block, from, isNew };
  }

  find(place: number): { readonly block: number; readonly from: number; readonly size: number } {
    const start = this.starts.at(place);
    return { block: Math.floor(start / BLOCK), from: start % BLOCK, size: this.sizes.at(place) };
  }
}

/** Texts, found again by the order in which they were added. */
export class Texts {
  private readonly places = new Places();
  private readonly blocks: Buffer[] = [];

  get length(): number {
    return this.places.length;
  }

  push(text: string): void {
    const size = Buffer.byteLength(text);
    const { block, from, isNew } = this.places.take(size);
    if (isNew) this.blocks.push(Buffer.allocUnsafeSlow(Math.max(BLOCK, size)));
    this.blocks[block]?.write(text, from, size, "utf8");
  }

  at(place: number): string {
    const { block, from, size } = this.places.find(place);
    return this.blocks[block]?.toString("utf8", from, from + size) ?? "";
  }
}

/** Lists of numbers of 16 bits, found again by the order in which they were added; null stays null. */
export class ShortLists {
  private readonly places = new Places();
  private readonly blocks: Uint16Array[] = [];

  push(list: Uint16Array | null): void {
    const size = list?.length ?? 0;
    const { block, from, isNew } = this.places.take(size);
    if (isNew) this.blocks.push(new Uint16Array(Math.max(BLOCK, size)));
    if (list !== null) this.blocks[block]?.set(list, from);
  }

  at(place: number): Uint16Array | null {
    const { block, from, size } = this.places.find(place);
    return size === 0 ? null : (this.blocks[block]?.subarray(from, from + size) ?? null);
  }
}
