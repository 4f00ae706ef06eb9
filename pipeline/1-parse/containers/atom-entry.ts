import type { Entry } from "./container.ts";

/** An element's name without its prefix: which prefix stands for a namespace is up to the document. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** A link of an entry, by its attributes. */
export interface AtomLink {
  readonly rel: string | null;
  readonly title: string | null;
  readonly href: string | null;
}

/** Elements of an entry whose text is kept; the first of each name counts. */
const TEXTS = ["id", "title", "summary", "published", "updated", "comment", "journal_ref", "doi"] as const;
type TextName = (typeof TEXTS)[number];

const isTextName = (name: string | undefined): name is TextName => TEXTS.some((each) => each === name);

/** What an entry says, as the container gives it. */
export interface AtomFields extends Partial<Readonly<Record<TextName, string>>> {
  readonly authors: readonly string[];
  readonly links: readonly AtomLink[];
}

/** Characters that an entry's text may have; more is damage, since all of it would be held. */
const ENTRY_LENGTH = 1 << 24;

/** An entry of a feed while it is read: takes what the parser tells of it, and gives it when it is complete. */
export class AtomEntry {
  /** How many elements are open directly inside the entry, the entry counted. */
  readonly depth: number;
  private readonly lineStart: number;
  private lineEnd: number;
  private readonly texts = new Map<TextName, string>();
  private readonly authors: string[] = [];
  private readonly links: AtomLink[] = [];
  /** The element whose text is collected: a text of the entry's own, or an author's name. */
  private kept: { readonly name: TextName | null; readonly depth: number; readonly parts: string[] } | null =
    null;
  private length = 0;

  constructor(depth: number, line: number) {
    this.depth = depth;
    this.lineStart = line;
    this.lineEnd = line;
  }

  /** An element opens; the stack has the open elements, this one last. */
  open(stack: readonly string[], line: number): void {
    this.lineEnd = line;
    const [name, depth] = [stack.at(-1), stack.length];
    if (depth === this.depth + 1 && isTextName(name) && !this.texts.has(name))
      this.kept = { name, depth, parts: [] };
    else if (depth === this.depth + 2 && name === "name" && stack.at(-2) === "author")
      this.kept = { name: null, depth, parts: [] };
  }

  attributes(stack: readonly string[], { rel, title, href }: Readonly<Record<string, string>>): void {
    if (stack.length !== this.depth + 1 || stack.at(-1) !== "link") return;
    const link = { rel: rel ?? null, title: title ?? null, href: href ?? null };
    this.length += JSON.stringify(link).length;
    if (this.length <= ENTRY_LENGTH) this.links.push(link);
  }

  text(text: string, line: number): void {
    if (text.trim() !== "") this.lineEnd = line;
    this.length += text.length;
    if (this.length <= ENTRY_LENGTH) this.kept?.parts.push(text);
  }

  /** The last element of the stack closes; its line is null where nothing in the text says so. */
  close(stack: readonly string[], line: number | null): void {
    this.lineEnd = line ?? this.lineEnd;
    if (stack.length === this.kept?.depth) this.keep();
  }

  /** The entry as a value, or as damage where it is too long. */
  end(isCut: boolean): Entry {
    this.keep();
    const place = { lineStart: this.lineStart, lineEnd: this.lineEnd };
    if (this.length > ENTRY_LENGTH)
      return { kind: "damage", reason: "entry_invalid", text: this.texts.get("id") ?? "", ...place };
    const texts: Partial<Record<TextName, string>> = Object.fromEntries(this.texts);
    const value: AtomFields = { ...texts, authors: this.authors, links: this.links };
    return { kind: "value", value, isCut, ...place };
  }

  private keep(): void {
    if (this.kept === null) return;
    const text = this.kept.parts.join("");
    if (this.kept.name !== null) this.texts.set(this.kept.name, text);
    else if (text.trim() !== "") this.authors.push(text);
    this.kept = null;
  }
}
