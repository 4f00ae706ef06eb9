import { type Creator, parse } from "@retorquere/bibtex-parser";
import { BibBlockCutter, type BibLoose } from "./bib-blocks.ts";
import type { BibBlock } from "./bib-body.ts";
import { BibStrings, evenDollars } from "./bib-strings.ts";
import type { ContainerReader, Entry } from "./container.ts";

/** Fields that are read, beside the authors; their text stays LaTeX, braces included. */
const TEXTS = [
  ...["title", "subtitle", "abstract", "journal", "journaltitle", "booktitle", "year", "date", "note"],
  ...["volume", "number", "issue", "pages"],
  ...["eprint", "archiveprefix", "eprinttype", "doi", "url", "howpublished", "code", "github"],
] as const;
const READ: ReadonlySet<string> = new Set([...TEXTS, "author"]);
const OPTIONS = {
  sentenceCase: false,
  applyCrossRef: false,
  fieldMode: Object.fromEntries(TEXTS.map((name) => [name, "verbatim" as const])),
} as const;

/** Comments and white space before a field, and the field's name. */
const FIELD = /^\s*(?:%[^\n]*\n\s*)*([^\s={}",%#]+)\s*=/u;
const COMMENTS = /^\s*(?:%[^\n]*\n\s*)*(?:%[^\n]*)?$/u;
/** The library carries out commands that define others, which can be made to grow without end. */
const DEFINES = /\\(?:newcommand|ProvideTextCommandDefault)/u;

/** The key of an entry, and those of its fields that are read, the first of each name; null where one is no field. */
function fieldsOf({ text, commas }: BibBlock): { key: string | null; fields: Map<string, string> } | null {
  const fields = new Map<string, string>();
  const [first = "", ...others] = [...commas, text.length].map((to, at) =>
    text.slice(at === 0 ? 0 : (commas[at - 1] ?? 0) + 1, to),
  );
  const hasKey = !FIELD.test(first);
  for (const piece of hasKey ? others : [first, ...others]) {
    const name = FIELD.exec(piece)?.[1]?.toLowerCase();
    if (name === undefined && !COMMENTS.test(piece)) return null;
    if (name !== undefined && READ.has(name) && !fields.has(name)) fields.set(name, evenDollars(piece));
  }
  return { key: hasKey ? first.trim() : null, fields };
}

/** A name in the order in which it is spoken; whoever else wrote the work (`and others`) has none. */
function nameOf({ name, firstName, prefix, lastName, suffix }: Creator): string[] {
  if (lastName === "others" && firstName === undefined) return [];
  const spoken = name ?? [firstName, prefix, lastName, suffix].filter(Boolean).join(" ");
  // an accent over a dotless i or j takes the place of the dot
  const dotted = spoken
    .replace(/ı(?=\p{M})/gu, "i")
    .replace(/ȷ(?=\p{M})/gu, "j")
    .normalize("NFC");
  return dotted === "" ? [] : [dotted];
}

/** What an entry says, or null where it is not written by the rules. */
function fieldsRead(block: BibBlock, known: BibStrings): Record<string, unknown> | null {
  const found = fieldsOf(block);
  const text = [...(found?.fields.values() ?? [])].join(",");
  const strings = known.usedIn(text);
  if (found === null || strings === null || DEFINES.test(text)) return null;
  try {
    const [entry] = parse(`@${block.type}{k,${text}}`, { ...OPTIONS, strings }).entries;
    // an entry that the library gave up on has no text of its own
    if (entry === undefined || entry.input === "") return null;
    const texts = TEXTS.map((name) => [name, entry.fields[name]] as const);
    return { ...Object.fromEntries(texts), id: found.key, author: entry.fields.author?.flatMap(nameOf) };
  } catch {
    return null; // a value that is no LaTeX
  }
}

/**
 * The entries of a bibliography in BibTeX or BibLaTeX, one at a time: the library sees no more than the fields that are
 * read, and an entry that it cannot read is damage by itself. Abbreviations hold for all entries behind them.
 */
export class BibEntriesReader implements ContainerReader {
  private readonly cutter = new BibBlockCutter();
  private readonly strings = new BibStrings();

  *write(text: string): Generator<Entry> {
    for (const block of this.cutter.write(text)) yield this.entry(block);
  }

  *end(): Generator<Entry> {
    for (const block of this.cutter.end()) yield this.entry(block);
  }

  private entry(block: BibBlock | BibLoose): Entry {
    const { lineStart, lineEnd } = block;
    const comment = { kind: "furniture", name: "bib_comment", lineStart, lineEnd } as const;
    if (block.kind === "loose") return comment;
    const start = `@${block.type}{${block.text.slice(0, 200)}`;
    const damage = { kind: "damage", reason: "entry_invalid", text: start, lineStart, lineEnd } as const;
    if (!block.isClosed) return damage;
    if (block.type === "comment" || block.type === "preamble") return comment;
    if (block.isTooLong) return damage;
    if (block.type === "string")
      return this.strings.define(block.text) ? { ...comment, name: "bib_string" } : damage;
    const value = fieldsRead(block, this.strings);
    return value === null ? damage : { kind: "value", value, lineStart, lineEnd };
  }
}
