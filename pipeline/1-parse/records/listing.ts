import {
  arxivIn,
  countOf,
  dayIn,
  EMPTY_RECORD,
  type Fields,
  isFields,
  type PaperRecord,
  type StatedLink,
  textOf,
  webAddress,
  yearIn,
} from "./record.ts";

/**
 * Papers as the listing's API and the data in its pages give them (huggingface_hub, PaperInfo in hf_api.py): a paper, or
 * an item of the daily list that wraps one.
 */

/** Whether an object is a paper of the listing or an item that wraps one. */
export function isListing(fields: Fields): boolean {
  const paper = isFields(fields["paper"]) ? fields["paper"] : fields;
  return (
    "id" in paper && "title" in paper && ("summary" in paper || "publishedAt" in paper || "upvotes" in paper)
  );
}

function authors(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const visible = value.filter((author) => isFields(author) && author["hidden"] !== true);
  return visible.flatMap((author) => textOf(author as Fields, "name") ?? []);
}

/** A repository that a person entered is the paper's; one that the site guessed may be anybody's. */
function statedLinks(paper: Fields): StatedLink[] {
  const repository = textOf(paper, "githubRepo");
  const page = textOf(paper, "projectPage");
  const byPerson = paper["githubRepoAddedBy"] === "user";
  return [
    ...(repository === null
      ? []
      : [{ url: repository, rule: byPerson ? "stated_by_person" : "stated_by_site" } as const]),
    ...(page === null ? [] : [{ url: page, rule: "stated_by_site" } as const]),
  ];
}

/** What the listing says of a paper. Counts that it does not give are unknown: stars carry no time and are left out. */
export function listingRecord(fields: Fields): PaperRecord {
  const paper = isFields(fields["paper"]) ? fields["paper"] : fields;
  const id = textOf(paper, "id");
  const published = dayIn(textOf(paper, "publishedAt"));
  return {
    ...EMPTY_RECORD,
    id,
    title: textOf(paper, "title") ?? textOf(fields, "title"),
    abstract: textOf(paper, "summary") ?? textOf(fields, "summary"),
    authors: authors(paper["authors"]),
    arxiv_id: arxivIn(id),
    published_on: published,
    year: yearIn(published),
    url: webAddress(textOf(paper, "url")),
    upvotes: countOf(paper, "upvotes"),
    comments: countOf(fields, "numComments"),
    links: statedLinks(paper),
  };
}
