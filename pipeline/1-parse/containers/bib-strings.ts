import { parse } from "@retorquere/bibtex-parser";

/** Characters that what is read of an entry may have: the library takes quadratic time for long lists of names. */
const TEXT_LENGTH = 100_000;
/** Characters of one definition, of what those in one text stand for, and of what all of a bibliography do. */
const STRING_LENGTH = 2_000;
const USED_LENGTH = 2 * STRING_LENGTH;
const STRINGS_LENGTH = 1 << 20;

/** A name that stands as a value or as a part of one: `= name`, `# name`. Some of them are plain text. */
const USED = /[=#]\s*([^\s"{}#=,%()]+)/gu;

/** A formula as pandoc knows it, or a dollar sign by itself. */
const DOLLARS = /((?<!\\)\$(?!\s)[^$]{1,200}(?<!\s)\$(?!\d))|(?<!\\)\$/gu;

/** With an odd number of dollar signs the library gives up; then each that stands in no formula is a price's. */
export function evenDollars(text: string): string {
  const signs = text.match(/(?<!\\)\$/gu)?.length ?? 0;
  return signs % 2 === 0 ? text : text.replace(DOLLARS, (_all, formula?: string) => formula ?? "\\$");
}

/** The abbreviations that a bibliography defines (`@string`), bounded: one may be made of others, over and over. */
export class BibStrings {
  /** By names in capital letters, as the library gives them: case does not count. */
  private readonly values = new Map<string, string>();
  private length = 0;

  /** Takes the text of one definition; false where it is none, or too long. */
  define(text: string): boolean {
    const strings = this.usedIn(text);
    if (strings === null || text.length > STRING_LENGTH || this.length > STRINGS_LENGTH) return false;
    try {
      const { strings: defined } = parse(`@string{${evenDollars(text)}}`, { raw: true, strings });
      for (const [name, value] of Object.entries(defined)) {
        this.length += value.length;
        this.values.set(name, value);
      }
      return Object.keys(defined).length > 0;
    } catch {
      return false; // a value that is no LaTeX
    }
  }

  /** What the abbreviations in a text stand for; null where the text is too long, or would be with them. */
  usedIn(text: string): Record<string, string> | null {
    if (text.length > TEXT_LENGTH) return null;
    const used: Record<string, string> = {};
    let length = 0;
    for (const [, name = ""] of text.matchAll(USED)) {
      const value = this.values.get(name.toUpperCase());
      if (value === undefined) continue;
      used[name] = value;
      length += value.length;
      if (length > USED_LENGTH) return null;
    }
    return used;
  }
}
