import type { Vocabulary } from "../../schemas/index.ts";

/** Why a file or a block is no paper, each with what to do about it. */
export const REJECT_REASONS = {
  file_empty: "The file holds nothing.",
  file_not_text: "The file is not text: it holds NUL bytes.",
  file_unreadable:
    "The file could not be read to its end: the system or the unpacker gave the error that is named.",
  file_unpacks_too_large: "The packed file grows beyond any capture; it was read up to there.",
  file_repeated: "The same bytes were read under another name; one copy is enough.",
  line_too_long: "The line is longer than any text that papers have; it was passed over.",
  layout_unknown:
    "No supported layout fits the file; the text of a listing shows a line of its header and a paper with its abstract.",
  lines_wrapped:
    "A listing whose lines are hard-wrapped without blank ones: where titles end does not show. Capture it unwrapped.",
  json_invalid: "The line or the rest of the file is no JSON.",
  row_invalid: "The row has too few or too many cells, or a quotation mark that is never closed.",
  record_invalid: "The value is no record with fields.",
  block_unplaced:
    "A line of a few words that has no abstract and is no known part of the page, or text beyond any abstract's length.",
  markup_unreadable:
    "A tag or comment is never closed, or a part is larger or nested deeper than in any page; nothing from there on was read.",
  page_without_papers:
    "The page holds neither data of papers nor a heading that links to a paper; capture a listing.",
  entry_invalid:
    "The entry of a feed or a bibliography is never closed, too long, or not written by its rules.",
  service_error: "The service answered with an error in place of a paper; ask it again.",
  title_missing: "There is no title: a record without one, or an abstract where a title was expected.",
} as const satisfies Vocabulary;
export type RejectReason = keyof typeof REJECT_REASONS;
