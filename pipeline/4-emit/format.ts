import type { Row, Table } from "../../schemas/index.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { FormatName } from "../core/table-files.ts";
import type { WrittenFile } from "./output-file.ts";

/** A row as writers see it: values by column name. */
export type AnyRow = Row<Table>;

export interface WrittenTable extends WrittenFile, Pick<FileEntry, "marked_cells"> {}

/** A file that is being written. */
export interface TableWriter {
  /** Takes the next rows. The bytes do not depend on how many come at once. */
  write(rows: readonly AnyRow[]): Promise<void>;
  /** Writes what is left. Lets go of the file also where that fails. */
  close(): Promise<WrittenTable>;
}

/** One of the forms in which a release holds every table. */
export interface Format {
  /** Folder and file extension. */
  readonly name: FormatName;
  readonly mediaType: string;
  /** Compressed within, so that nothing is gained by packing the file. */
  readonly isPacked: boolean;
  /** The path's ending says how the file is packed. */
  open(table: Table, path: string): Promise<TableWriter>;
}
