import type { FurnitureKind } from "../furniture.ts";
import type { LayoutReader } from "../layout.ts";

/** Furniture that only a listing of papers shows. */
const TELLING: ReadonlySet<FurnitureKind> = new Set<FurnitureKind>([
  "badge",
  "mail_invitation",
  "subscribe_button",
  "byline",
  "day",
  "votes",
  "comments",
  "authors_count",
  "submitter",
  "published",
]);

/**
 * Whether reading a text brings papers of a listing. A title that links to a paper's page needs an abstract or a
 * listing's furniture beside it, one whose link has no target both: other text is not guessed at.
 */
export function isListing(reader: LayoutReader, head: string): boolean {
  const items = [...reader.write(head), ...reader.end()];
  const hasFurniture = items.some((item) => item.kind === "furniture" && TELLING.has(item.name));
  return items.some((item) => {
    if (item.kind !== "paper") return false;
    const [isLinked, hasAbstract] = [item.facts.arxiv_id != null, item.abstract !== null];
    return isLinked ? hasAbstract || hasFurniture : hasAbstract && hasFurniture;
  });
}
