import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Table, TableName } from "../../schemas/index.ts";
import { writingTo } from "../core/files.ts";
import { type FilePlace, tablePath } from "../core/table-files.ts";
import type { AnyRow, Format, TableWriter, WrittenTable } from "./format.ts";
import type { Layout } from "./layout.ts";

/** What is written of a table, and where. */
export interface Target {
  readonly table: Table & { readonly name: TableName };
  readonly formats: readonly Format[];
  readonly folder: string;
  readonly compress: Layout["compress"];
}

/** Where the file of a shard stands, in each format. */
export function pathsOf({ table, formats, compress }: Target, shard: FilePlace["shard"]): string[] {
  return formats.map(({ name, isPacked }) =>
    tablePath(name, table.name, { shard: shard ?? null, compression: isPacked ? null : compress }),
  );
}

/** The same rows in every format. */
export class Shard {
  /** Where the files stand until it is known how many shards there are. */
  readonly paths: readonly string[];
  private readonly writers: TableWriter[] = [];
  rows = 0;

  constructor(target: Target, index: number) {
    this.paths = pathsOf(target, index === 0 ? null : { index, of: 0 });
  }

  static async open(target: Target, index: number): Promise<Shard> {
    const shard = new Shard(target, index);
    try {
      for (const [i, format] of target.formats.entries()) {
        const path = join(target.folder, shard.paths[i] ?? "");
        await writingTo(path, mkdir(dirname(path), { recursive: true }));
        shard.writers.push(await format.open(target.table, path));
      }
    } catch (error) {
      await shard.letGo();
      throw error;
    }
    return shard;
  }

  async write(batch: readonly AnyRow[]): Promise<void> {
    await Promise.all(this.writers.map((writer) => writer.write(batch)));
    this.rows += batch.length;
  }

  close(): Promise<WrittenTable[]> {
    return Promise.all(this.writers.map((writer) => writer.close()));
  }

  /** Closes the files after an error, which is the one to tell of. */
  async letGo(): Promise<void> {
    await Promise.allSettled(this.writers.map((writer) => writer.close()));
  }
}
