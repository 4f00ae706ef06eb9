import { Growing } from "./growing.ts";

const FIRST_ROOM = 1 << 12;

/** A list of texts that grows, as bytes: one of 30 letters takes 38 of them, and a string some 80. */
export class Texts {
  private bytes = Buffer.alloc(FIRST_ROOM);
  private used = 0;
  private readonly ends = new Growing((length) => new Float64Array(length));

  get length(): number {
    return this.ends.length;
  }

  /** Adds a text; gives its place. */
  push(text: string): number {
    const size = Buffer.byteLength(text);
    if (this.used + size > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.used + size, Math.ceil(this.bytes.length * 1.5)));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(text, this.used);
    this.ends.push(this.used);
    return this.ends.length - 1;
  }

  at(place: number): string {
    return this.bytes.toString("utf8", this.start(place), this.ends.at(place));
  }

  /** Below 0 where the text at `a` comes before the one at `b`, by their bytes; 0 where they are equal. */
  compare(a: number, b: number): number {
    const { bytes, ends } = this;
    return bytes.compare(bytes, this.start(b), ends.at(b), this.start(a), ends.at(a));
  }

  private start(place: number): number {
    return place === 0 ? 0 : this.ends.at(place - 1);
  }
}
