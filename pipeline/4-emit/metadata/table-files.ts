import { TABLE_NAMES, type TableName } from "../../../schemas/index.ts";
import type { FileEntry } from "../../core/manifest.ts";
import { tableFiles as filesOf } from "../../core/table-files.ts";
import type { Format } from "../format.ts";
import { FORMATS } from "../write-table.ts";

/** The files that together hold one table in one format: one, or numbered shards in order. */
export interface TableFiles {
  readonly table: TableName;
  readonly format: Format;
  readonly files: readonly FileEntry[];
}

/** Data files by table and format, in the order of the schema and of the formats. A file's folder names its format. */
export function tableFiles(files: readonly FileEntry[]): TableFiles[] {
  return TABLE_NAMES.flatMap((table) =>
    FORMATS.flatMap((format) => {
      const own = filesOf({ files }, table, format.name);
      return own.length === 0 ? [] : [{ table, format, files: own }];
    }),
  );
}

/** One value alone, several as a list: how the standards write paths. */
export const oneOrMany = <T>(values: readonly T[]): T | readonly T[] =>
  values.length === 1 && values[0] !== undefined ? values[0] : values;
