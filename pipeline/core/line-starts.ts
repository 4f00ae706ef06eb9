import { Growing } from "./growing.ts";

/** Where lines begin that are told by their lengths. */
export class LineStarts {
  private readonly starts = new Growing((length) => new Float64Array(length));

  constructor() {
    this.starts.push(0);
  }

  /** Adds lines by how many bytes each has with its line feed. */
  add(lengths: Iterable<number>): void {
    let start = this.starts.at(this.starts.length - 1);
    for (const length of lengths) {
      start += length;
      this.starts.push(start);
    }
  }

  /** The starts of all lines, and where the next one would begin. */
  all(): Float64Array {
    return this.starts.all();
  }
}
