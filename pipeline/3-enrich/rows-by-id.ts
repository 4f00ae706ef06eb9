import { PapersetError } from "../core/errors.ts";

/** Rows of one repository after the other: in a release they stand in the order of ids, so that none has to be held. */
export class RowsById<Row extends { readonly repository_id: string }> {
  private readonly rows: AsyncIterator<Row> | null;
  private readonly where: string;
  private next: Row | null = null;
  private last = "";

  /** @param where the rows are, for people */
  constructor(rows: AsyncIterable<Row> | undefined, where: string) {
    this.rows = rows?.[Symbol.asyncIterator]() ?? null;
    this.where = where;
  }

  /** The rows with this id, which comes after every id that was asked for before. */
  async of(id: string): Promise<Row[]> {
    const found: Row[] = [];
    for (let next = await this.peek(); next !== null && next.repository_id <= id; next = await this.peek()) {
      if (next.repository_id === id) found.push(next);
      this.next = null;
    }
    return found;
  }

  /** Reads to the end, so that rows out of order are found wherever they stand. */
  async finish(): Promise<void> {
    while ((await this.peek()) !== null) this.next = null;
  }

  async close(): Promise<void> {
    await this.rows?.return?.();
  }

  private async peek(): Promise<Row | null> {
    if (this.next !== null || this.rows === null) return this.next;
    const { done, value } = await this.rows.next();
    if (done === true) return null;
    const row: Row = value;
    if (row.repository_id < this.last)
      throw new PapersetError(
        "RELEASE_DAMAGED",
        `${this.where} is not in the order of ids: take another copy of the release, or make it again.`,
        { repository_id: row.repository_id },
      );
    this.last = row.repository_id;
    this.next = row;
    return row;
  }
}
