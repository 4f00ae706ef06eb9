import fc from "fast-check";
import type { FoundLink, Mention, PaperFacts } from "../../pipeline/1-parse/mention.ts";
import { type Comparison, compare } from "../../pipeline/2-dedupe/compare/compare.ts";
import { learn } from "../../pipeline/2-dedupe/corpus/corpus.ts";
import { type Profile, profileOf } from "../../pipeline/2-dedupe/profile/profile.ts";

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

/** What is compared of a mention of which nothing is known but what is given. */
export const profile = (known: Partial<Mention> = {}, mention_id = "m_0"): Profile =>
  profileOf(mention(mention_id, known));

/** What is compared of mentions, each with its own id. */
export const profiles = (all: readonly Partial<Mention>[]): Profile[] =>
  all.map((known, i) => profile(known, `m_${String(i).padStart(5, "0")}`));

/** Compares two mentions in a corpus of their own, or with others that teach. */
export function compareFacts(
  x: Partial<Mention>,
  y: Partial<Mention>,
  others: readonly Partial<Mention>[] = [],
): Comparison {
  const all = profiles([x, y, ...others]);
  const [a, b] = all;
  if (a === undefined || b === undefined) throw new Error("Two mentions are compared.");
  return compare(a, b, learn(all));
}

const STONES = "drones count stones along a river and report their sizes every morning";
const BIRDS = "we listen for birds at night with cheap microphones hung in old orchards";

const PEOPLE = [
  ["Ada", "B.", "Quill"],
  ["Jan", "", "Reed"],
  ["Mei", "", "Lark"],
  ["Otto", "K.", "Fenn"],
  ["Bo", "", "Quill"],
  ["Zoë", "M.", "Müller-Quill"],
] as const;

type Name = (typeof PEOPLE)[number];
/** The ways in which sources write one name. */
const NOTATIONS: readonly ((name: Name) => string)[] = [
  ([first, middle, last]) => [first, middle, last].filter((part) => part !== "").join(" "),
  ([first, , last]) => `${last}, ${first.charAt(0)}.`,
  ([first, middle, last]) => `${last} ${first.charAt(0)}${middle.charAt(0)}`,
  ([first, , last]) => `${first.charAt(0)}. ${last}`.toUpperCase(),
  ([first, , last]) => `${last} ${first}`,
  ([, , last]) => last,
];

/** Lists of authors, every name in any notation; marks of more and institutions are among them. */
export const anyAuthors: fc.Arbitrary<string[]> = fc.array(
  fc
    .oneof(
      { weight: 9, arbitrary: fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...NOTATIONS)) },
      { weight: 1, arbitrary: fc.constantFrom("et al.", "The Stone Consortium", "", "李明") },
    )
    .map((name) => (typeof name === "string" ? name : name[1](name[0]))),
  { maxLength: 4 },
);

export const anyVenue: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("arXiv", "CoRR", "Workshop on River Stones", "Journal of River Stones", "J. Riv. Stones"),
  fc.constantFrom("Conference on River Stones", "River Stones 2024", "CRS", "Annals of Night Owls", ""),
);

const TITLES = [
  "Counting river stones with patient drones",
  "Counting river pebbles with patient drones",
  "Listening for owls in orchards after midnight, part II",
  "Listening for owls in orchards after midnight",
  "Reply to: counting river stones with patient drones",
  "River notes",
  "用无人机数河流中的石头",
];
/** What sources do to a title. */
const NOISE: readonly ((title: string) => string)[] = [
  (title) => title,
  (title) => title.toUpperCase(),
  (title) => `${title}.`,
  (title) => title.replaceAll(" ", "  "),
  (title) => title.slice(0, Math.ceil(title.length * 0.7)),
  (title) => title.replace("o", "0"),
  (title) => `${title}: a longer look`,
  (title) => title.replace(" ", ""),
];
export const anyNoisyTitle: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...TITLES), fc.constantFrom(...NOISE))
  .map(([title, noise]) => noise(title));

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

/** What a catalogue says: titles with noise, authors in several notations, venues, volumes and pages. */
export const anyRecord: fc.Arbitrary<Partial<Mention>> = fc.record({
  title: anyNoisyTitle,
  abstract: fc.constantFrom(null, null, STONES, BIRDS),
  authors: fc.option(anyAuthors, { freq: 4, nil: null }),
  doi: fc.constantFrom(null, null, null, "10.1234/one", "10.1234/one.v2", "10.1234/two"),
  arxiv_id: fc.constantFrom(null, null, null, null, "2401.00001", "2401.00002"),
  year: fc.constantFrom(null, 2020, 2021, 2024),
  venue: fc.option(anyVenue, { nil: null }),
  volume: fc.constantFrom(null, "1", "vol. 2"),
  number: fc.constantFrom(null, "1", "2"),
  pages: fc.constantFrom(null, "1-9", "10-19"),
  source_sha256: fc.constantFrom("a".repeat(64), "b".repeat(64)),
});

/** Mentions of that world, each with its own id. */
export const anyMentions: fc.Arbitrary<Mention[]> = fc
  .array(anyFacts, { maxLength: 14 })
  .map((all) => all.map((known, i) => mention(`m_${String(i).padStart(2, "0")}`, known)));

/** Records of catalogues, each with its own id. */
export const anyRecords: fc.Arbitrary<Mention[]> = fc
  .array(anyRecord, { maxLength: 14 })
  .map((all) => all.map((known, i) => mention(`m_${String(i).padStart(2, "0")}`, known)));

/** The same mentions in two orders. */
export const anyShuffled = (mentions: fc.Arbitrary<Mention[]>) =>
  mentions.chain((all) =>
    fc
      .shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
      .map((shuffled) => [all, shuffled] as const),
  );
export const anyMentionsShuffled = anyShuffled(anyMentions);

/** A whole catalogue of other titles, venues and people, from another source. */
export const BREAD_CATALOGUE: readonly Mention[] = Array.from({ length: 150 }, (_, i) =>
  mention(`x_${String(i).padStart(3, "0")}`, {
    title: i % 3 === 0 ? "Baker's column" : `Baking bread with stale beer, loaf ${i >> 1}`,
    authors: ["Uma Ash"],
    year: 2000 + (i % 5),
    venue: "Bread Gazette",
    source_sha256: "e".repeat(64),
  }),
);
