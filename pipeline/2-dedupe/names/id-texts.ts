import { Growing } from "../../core/growing.ts";

/** Ids of one length, one behind the other. */
const LENGTH = 18;

/** The id that each mention would like to have as a work of its own, by its line; works put theirs in its place. */
export class IdTexts {
  private readonly bytes = new Growing((length) => new Uint8Array(length));

  /** Adds ids that stand one behind the other. */
  push(ids: string): void {
    this.bytes.pushAll(Buffer.from(ids, "latin1"));
  }

  set(line: number, id: string): void {
    this.bytes.all().set(Buffer.from(id, "latin1"), line * LENGTH);
  }

  at(line: number): string {
    const from = line * LENGTH;
    return Buffer.from(this.bytes.all().buffer).toString("latin1", from, from + LENGTH);
  }
}
