import type { IssueCode, SourceFormat } from "../../schemas/vocabularies.ts";
import { stableId } from "../core/digest.ts";
import { cleanText, textOrNull, withoutControls } from "../core/text.ts";
import { capturedOn } from "./captured-on.ts";
import type { Source } from "./input/sources.ts";
import type { FoundPaper } from "./layout.ts";
import { findLinks, statedLink } from "./links.ts";
import type { Mention } from "./mention.ts";
import { EMPTY_RECORD } from "./records/record.ts";
import { hasLostCharacters, hasMarkup, repair } from "./repairs/repairs.ts";

export interface ParseConfig {
  /** The year of days that captures show without one; null: unknown. */
  readonly capturedYear: number | null;
}

/** Stands for a file name of which no visible character is left. */
const NAMELESS = "(a name of blanks)";

interface Place {
  readonly source: Source;
  readonly format: SourceFormat;
  /** Counted from 1 in its capture. */
  readonly position: number;
}

const repaired = (text: string | null): string | null =>
  text === null ? null : textOrNull(cleanText(repair(text)));

/** Names that are left after cleaning; an empty list is as good as none. */
function names(authors: readonly string[] | null): string[] | null {
  const known = (authors ?? []).flatMap((author) => repaired(author) ?? []);
  return known.length === 0 ? null : known;
}

function doubts(paper: FoundPaper, words: string, captured_on: string | null): IssueCode[] {
  const issues: IssueCode[] = [...paper.issues];
  if (paper.capturedLabel !== null && captured_on === null) issues.push("year_unknown");
  if (hasMarkup(words)) issues.push("markup_left");
  if (hasLostCharacters(words)) issues.push("characters_lost");
  return issues.sort();
}

/** The mention that a found paper becomes: text repaired, links found, doubts named; null when no title is left. */
export function mentionOf(
  paper: FoundPaper,
  { source, format, position }: Place,
  config: ParseConfig,
): Mention | null {
  const { id, upvotes, comments, remarks, links, authors, venue, volume, number, pages, ...facts } = {
    ...EMPTY_RECORD,
    ...paper.facts,
  };
  const title = repaired(paper.title);
  if (title === null) return null;
  const abstract = repaired(paper.abstract);
  const captured_on = capturedOn(paper.capturedLabel, source.name, config.capturedYear);
  return {
    mention_id: stableId("m", source.sha256, String(position)),
    source_file: textOrNull(withoutControls(source.name)) ?? NAMELESS,
    source_sha256: source.sha256,
    source_format: format,
    source_record_id: repaired(id),
    position,
    line_start: paper.lineStart,
    line_end: paper.lineEnd,
    captured_on,
    captured_label: paper.capturedLabel,
    title_as_captured: withoutControls(paper.title),
    upvotes,
    comments,
    ...facts,
    title,
    abstract,
    authors: names(authors),
    venue: repaired(venue),
    volume: repaired(volume),
    number: repaired(number),
    pages: repaired(pages),
    links: [
      ...findLinks(title, "title"),
      ...findLinks(abstract ?? "", "abstract"),
      ...findLinks(repaired(remarks) ?? "", "remarks"),
      ...links.flatMap(statedLink),
    ],
    issues: doubts(paper, `${title} ${abstract ?? ""}`, captured_on),
  };
}
