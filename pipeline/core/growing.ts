/** Lists of numbers that grow without an object for each: a tenth of the memory, and nothing for the collector to walk. */

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A list of numbers of one kind. */
export class Growing<T extends Numbers> {
  private values: T;
  private readonly make: (length: number) => T;
  length = 0;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.values = make(1024);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.values.length) return;
    const larger = this.make(Math.max(this.length + more, Math.ceil(this.values.length * 1.5)));
    larger.set(this.values);
    this.values = larger;
  }

  push(value: number): void {
    this.reserve(1);
    this.values[this.length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  /** Puts a number in the place of one that was added. */
  set(place: number, value: number): void {
    this.values[place] = value;
  }

  at(place: number): number {
    return this.values[place] ?? 0;
  }

  /** What was added so far, in an array of its own. */
  copy(): T {
    return this.values.slice(0, this.length) as T;
  }

  /** What was added so far, without a copy. */
  all(): T {
    return this.values.subarray(0, this.length) as T;
  }
}
