import type { IssueCode, SourceFormat } from "../../../schemas/vocabularies.ts";
import { AnyJsonReader } from "../containers/any-json.ts";
import type { ContainerReader, Entry } from "../containers/container.ts";
import type { Item, Layout, LayoutReader } from "../layout.ts";
import { type Fields, isFields, type PaperRecord, type Refusal } from "../records/record.ts";

/** How a structured source's records become papers. */
interface RecordSource {
  readonly name: SourceFormat;
  /** Whether a record is of this source. */
  readonly isOne: (fields: Fields) => boolean;
  readonly toRecord: (fields: Fields) => PaperRecord | Refusal;
}

/** The first characters of a value as JSON; nesting too deep to be written is not. */
function beginningOf(value: unknown): string {
  try {
    return String(JSON.stringify(value)).slice(0, 200);
  } catch {
    return Array.isArray(value) ? "[" : "{"; // the only values that nest
  }
}

/** The paper that a container's value is as a record of its source, or why it is none. */
export function itemOf(entry: Entry, toRecord: RecordSource["toRecord"]): Item {
  const { lineStart, lineEnd } = entry;
  if (entry.kind === "furniture") return entry;
  if (entry.kind === "damage")
    return { kind: "reject", reason: entry.reason, text: entry.text, lineStart, lineEnd };
  const { value } = entry;
  if (!isFields(value))
    return {
      kind: "reject",
      reason: "record_invalid",
      text: beginningOf(value),
      lineStart,
      lineEnd,
    };
  const record = toRecord(value);
  if ("reason" in record) return { kind: "reject", ...record, lineStart, lineEnd };
  const { title, abstract, ...facts } = record;
  if (title === null)
    return { kind: "reject", reason: "title_missing", text: facts.id ?? abstract ?? "", lineStart, lineEnd };
  const issues: IssueCode[] = abstract === null ? ["abstract_missing"] : [];
  if (entry.isCut === true) issues.push("capture_cut");
  return { kind: "paper", title, abstract, facts, capturedLabel: null, issues, lineStart, lineEnd };
}

/** Reads a container's values as records of one source. */
export class RecordReader implements LayoutReader {
  private readonly container: ContainerReader;
  private readonly toRecord: RecordSource["toRecord"];

  constructor(container: ContainerReader, toRecord: RecordSource["toRecord"]) {
    this.container = container;
    this.toRecord = toRecord;
  }

  *write(text: string): Generator<Item> {
    for (const entry of this.container.write(text)) yield itemOf(entry, this.toRecord);
  }

  *end(): Generator<Item> {
    for (const entry of this.container.end()) yield itemOf(entry, this.toRecord);
  }
}

/** The first record of a JSON text that begins so, in whichever form it is. */
function firstRecord(head: string): Fields | null {
  const reader = new AnyJsonReader();
  for (const entry of reader.write(head))
    if (entry.kind === "value" && isFields(entry.value)) return entry.value;
  for (const entry of reader.end()) if (entry.kind === "value" && isFields(entry.value)) return entry.value;
  return null;
}

/** A layout of JSON or JSON Lines, recognised by its first record. */
export function jsonLayout({ name, isOne, toRecord }: RecordSource): Layout {
  return {
    name,
    recognises: (head) => {
      if (!/^\s*[[{]/u.test(head)) return false;
      const first = firstRecord(head);
      return first !== null && isOne(first);
    },
    open: () => new RecordReader(new AnyJsonReader(), toRecord),
  };
}
