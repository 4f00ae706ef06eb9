import fc from "fast-check";
import type { FoundLink, Mention, PaperFacts } from "../../pipeline/1-parse/mention.ts";

/** A title with enough letters to stand alone. */
export const SPEAKING = "Counting river stones with patient drones";
/** A title that many works have. */
export const GENERIC = "A short note";

export const UNKNOWN: Omit<PaperFacts, "title"> = {
  abstract: null,
  authors: null,
  arxiv_id: null,
  doi: null,
  published_on: null,
  year: null,
  venue: null,
  url: null,
};

/** What a capture says of a paper: a speaking title, and nothing else that is not given. */
export function facts(known: Partial<PaperFacts> = {}): PaperFacts {
  return { title: SPEAKING, ...UNKNOWN, ...known };
}

/** A mention of which nothing is known but what is given. */
export function mention(mention_id: string, known: Partial<Mention> = {}): Mention {
  const { title = SPEAKING } = known;
  return {
    mention_id,
    source_file: "list.txt",
    source_sha256: "0".repeat(64),
    source_format: "text_blank_lines",
    source_record_id: null,
    position: 1,
    line_start: 1,
    line_end: 2,
    captured_on: null,
    captured_label: null,
    title_as_captured: title,
    upvotes: null,
    comments: null,
    links: [],
    issues: [],
    volume: null,
    number: null,
    pages: null,
    ...facts(known),
    ...known,
  };
}

/** A link to a repository, found at the beginning of the abstract unless told otherwise. */
export function repositoryLink(fullName: string, known: Partial<FoundLink> = {}): FoundLink {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `https://github.com/${fullName}`;
  return {
    evidence: url,
    evidence_field: "abstract",
    evidence_start: 0,
    evidence_end: url.length,
    url_as_written: url,
    url,
    target: { type: "repository", host: "github.com", owner, name },
    relation: "unclear",
    rule: "no_rule",
    ...known,
  };
}

const STONES = "drones count stones along a river and report their sizes every morning";
const BIRDS = "we listen for birds at night with cheap microphones hung in old orchards";

/** Facts from a small world, so that keys meet, agree and contradict each other often. */
export const anyFacts: fc.Arbitrary<PaperFacts> = fc.record({
  title: fc.constantFrom(
    SPEAKING,
    "COUNTING RIVER STONES -- with patient drones",
    "Counting River Pebbles with patient Drones",
    "Listening for owls in orchards after midnight",
    GENERIC,
    "A Short Note!",
    "2024",
    "???",
  ),
  abstract: fc.constantFrom(null, STONES, STONES.slice(0, 30), BIRDS, BIRDS.slice(0, 25), "..."),
  authors: fc.constantFrom(
    null,
    [],
    ["Ada Quill"],
    ["Quill, Ada", "Jan Reed"],
    ["Mei Lark", "Jan Reed"],
    ["Otto Fenn"],
  ),
  arxiv_id: fc.constantFrom(null, null, null, "2401.00001", "arXiv:2401.00001v2", "2401.00002"),
  doi: fc
    .constantFrom(null, null, null, "10.1234/one", "https://doi.org/10.1234/ONE", "10.1234/two")
    .chain((doi) => fc.constantFrom(doi, doi, "10.48550/arXiv.2401.00001")),
  published_on: fc.constantFrom(null, "2024-01-02"),
  year: fc.constantFrom(null, 2023, 2024),
  venue: fc.constant(null),
  url: fc.constant(null),
});

/** Mentions of that world, each with its own id. */
export const anyMentions: fc.Arbitrary<Mention[]> = fc
  .array(anyFacts, { maxLength: 14 })
  .map((all) => all.map((known, i) => mention(`m_${String(i).padStart(2, "0")}`, known)));

/** The same mentions in two orders. */
export const anyMentionsShuffled: fc.Arbitrary<readonly [Mention[], Mention[]]> = anyMentions.chain((all) =>
  fc
    .shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
    .map((shuffled) => [all, shuffled] as const),
);
