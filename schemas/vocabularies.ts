import type { Vocabulary } from "./table.ts";

/** Every closed list of codes in the tables, each code with its meaning. */

export const REPOSITORY_STATUSES = {
  alive: "The host answered under this name; figures are those of observed_at.",
  moved:
    "The host answered under another name; full_name is the current one, previous_names keeps the others.",
  replaced:
    "The name now belongs to another repository than before (another host_id); treat it as a different one.",
  missing:
    "The host said that nothing public is there, GitHub twice over by two interfaces; figures are the last good ones.",
  gone: "Missing in two checks at least a day apart; figures are the last good ones.",
  blocked: "The host withholds it; status_reason says why (dmca, tos).",
  invalid: "Cannot be the name of a repository; it was never asked for.",
  unknown:
    "A check was tried and failed (time-out, server error, refused token); no verdict, earlier figures stay.",
  unchecked: "Not asked yet (offline, no token, or the budget was spent); no verdict.",
} as const satisfies Vocabulary;
export type RepositoryStatus = keyof typeof REPOSITORY_STATUSES;

export const LINK_STATUSES = {
  alive: "Something is there: the service that keeps it said so, or the page answered.",
  missing: "The service or the page answered that nothing public is there, or no more.",
  withheld: "It is there and its host withholds it: disabled by its staff, or for legal reasons.",
  blocked: "The page refuses automatic readers, or its robots.txt does; a person may well reach it.",
  unknown: "A check was tried and failed; no verdict, what was known before stays.",
  unchecked: "Not asked.",
} as const satisfies Vocabulary;
export type LinkStatus = keyof typeof LINK_STATUSES;

export const LINK_SOURCES = {
  huggingface: "The Hugging Face hub's API.",
  zenodo: "Zenodo's API.",
  doi: "The DOI resolver's API.",
  anonymous_4open: "The API of anonymous.4open.science.",
  web: "The page itself.",
} as const satisfies Vocabulary;
export type LinkSource = keyof typeof LINK_SOURCES;

export const RELATIONS = {
  own_code: "The repository holds the paper's own code, data or materials.",
  uses: "The paper builds on, adapts or runs the repository.",
  mentions: "The repository is named for another reason (compared with, listed, referred to).",
  unclear: "No rule could tell; read the evidence.",
} as const satisfies Vocabulary;
export type Relation = keyof typeof RELATIONS;

export const RELATION_RULES = {
  own_availability:
    "The words around the link say that code, data or models of this work are available there: code is available at, data:, see it for code.",
  own_subject:
    "The work itself is the subject: we release, our page, this work lives in, or it is said to be available there under its name.",
  uses_built_on: "The words before the link say built on, adapted from, using, trained on, fork of.",
  mentions_comparison: "The words before the link compare with or refer to somebody else's work.",
  mentions_others:
    "The words around the link give it to somebody else: their code, the original implementation, a reference behind it.",
  stated_official: "The source states that it is the paper's official code.",
  stated_community: "The source lists it as an implementation by others.",
  stated_by_person: "Somebody entered it beside the paper as its code.",
  stated_by_site: "The source shows it beside the paper without saying who put it there.",
  stated_by_table: "A column of a plain table holds it.",
  no_rule: "No rule matched the words around the link.",
} as const satisfies Vocabulary;
export type RelationRule = keyof typeof RELATION_RULES;

export const TEXT_FIELDS = {
  title: "The paper's title.",
  abstract: "The paper's abstract.",
  remarks:
    "The authors' remarks in the source, such as arXiv's comments; the papers table does not carry them.",
  stated: "A field of the source that holds a link and nothing else.",
} as const satisfies Vocabulary;
export type TextField = keyof typeof TEXT_FIELDS;

export const LINK_KINDS = {
  model: "A model on a model hub.",
  dataset: "A data set on a data hub.",
  space: "A hosted demonstration on a model hub.",
  collection: "A collection on a model hub.",
  project_page: "A project's web page on a code host's page service.",
  archive: "A deposit in a research archive (Zenodo, figshare, OSF).",
  anonymous_code: "An anonymised repository for review.",
  code_host: "A page on a code host other than the repositories that the repositories table covers.",
  arxiv: "An arXiv page.",
  doi: "A DOI.",
  video: "A video.",
  page: "Any other page.",
} as const satisfies Vocabulary;
export type LinkKind = keyof typeof LINK_KINDS;

export const SOURCE_FORMATS = {
  text_blank_lines:
    "Plain text of a listing page; blocks separated by blank lines, title and abstract in turn.",
  text_bare_lines: "Plain text of a listing page; one line a title, the next its abstract, no blank lines.",
  markdown_inline:
    "Markdown of a listing page with inline links; each title is a heading that links to its paper.",
  markdown_references:
    "Markdown of a listing page with numbered links, as text browsers write it; the targets stand at the end.",
  html_page: "A saved listing page: the data that it carries for its own scripts, else its visible cards.",
  listing_api: "An answer of the listing's API: a list, a single paper or a search answer.",
  arxiv_atom: "An answer of arXiv's API, an Atom feed. Metadata under CC0-1.0.",
  arxiv_snapshot: "Lines of arXiv's metadata snapshot. Metadata under CC0-1.0.",
  pwc_papers: "Papers with Code's dump of papers with abstracts. CC-BY-SA-4.0, share-alike.",
  pwc_links: "Papers with Code's dump of links between papers and code. CC-BY-SA-4.0, share-alike.",
  table_json: "A plain table as JSON or JSON Lines, with the field's usual names.",
  table_csv: "A plain table as CSV or TSV, with the field's usual column names.",
  bibtex: "A bibliography in BibTeX or BibLaTeX.",
  csl_json: "A bibliography in CSL-JSON, as reference managers export it.",
} as const satisfies Vocabulary;
export type SourceFormat = keyof typeof SOURCE_FORMATS;

export const MATCH_RULES = {
  single: "The paper has no other mention.",
  same_arxiv_id: "Same arXiv identifier, version left out.",
  same_doi: "Same DOI and similar titles.",
  same_title:
    "Same title, case, accents and punctuation aside; what else is known (identifiers, abstract, authors) agrees or is missing.",
  similar_title: "Nearly the same title, and the same authors where they are known.",
  title_and_abstract: "Titles alike and the same abstract, or one that begins like the other.",
  same_abstract: "The same long abstract by the same people within a year, under another title.",
  partial_title:
    "A title in other words or cut short; the same authors and year, and nothing that speaks against it.",
  override: "Somebody said in an overrides file that they are one work.",
  generic_title:
    "A title that many works have; authors, year and place are the same and show that it is one work.",
} as const satisfies Vocabulary;
export type MatchRule = keyof typeof MATCH_RULES;

export const ISSUE_CODES = {
  abstract_missing:
    "The capture shows a title and no abstract. Look at the captured page, or add another capture.",
  abstract_cut:
    "The source shows only the beginning of the abstract. Look at the paper's own page, or add another capture.",
  abstract_joined:
    "The abstract stood in several blocks, joined in order. Check that no title is among them.",
  markup_left:
    "Title or abstract hold markup that no certain rule could repair. Compare them with the paper's own page.",
  capture_cut:
    "The capture ends in the middle of this paper. Look at the page and capture it again, to its end.",
  characters_lost:
    "Characters were lost before the capture was written (U+FFFD stands for them). Look at the page and capture it again, as UTF-8.",
  cluster_doubtful:
    "Mentions of many different titles were taken for this work. Look at them, and part them with an overrides file.",
  encoding_guessed:
    "The capture is no UTF-8 and names no encoding, so it was read as windows-1252. Compare letters with accents.",
  shared_identifier:
    "Its identifier stands at works with quite different titles too. Check which of them it belongs to.",
  title_guessed:
    "Where the title ends does not show in the capture's wrapped lines. Compare title_as_captured with the paper's page.",
  title_cut_from_header: "The page's header ran into the title and was cut off. Compare title_as_captured.",
  year_unknown:
    "The capture names a day without a year, so captured_on is null. Run with --captured-year, or name the file with its date.",
} as const satisfies Vocabulary;
export type IssueCode = keyof typeof ISSUE_CODES;

export const HOSTS = {
  "github.com": "GitHub.",
  "gitlab.com": "GitLab; an owner may be a group with its subgroups, parted by slashes.",
  "bitbucket.org": "Bitbucket.",
  "codeberg.org": "Codeberg.",
} as const satisfies Vocabulary;
export type Host = keyof typeof HOSTS;

export const OBSERVATION_SOURCES = {
  github_graphql: "GitHub's GraphQL API.",
  github_rest: "GitHub's REST API.",
  github_star_history:
    "GitHub's star history, asked for later: of the stars that are still given, those of the days before observed_at. It was no check, so status is unchecked.",
  gitlab: "GitLab's API.",
  bitbucket: "Bitbucket's API.",
  codeberg: "Codeberg's API.",
} as const satisfies Vocabulary;
export type ObservationSource = keyof typeof OBSERVATION_SOURCES;

export const BLOCK_REASONS = {
  dmca: "Withheld after a legal takedown notice.",
  tos: "Disabled by the host's staff under its terms of service.",
  other: "Withheld for a reason that the host names otherwise.",
} as const satisfies Vocabulary;
export type BlockReason = keyof typeof BLOCK_REASONS;

export const ID_SOURCES = {
  captured: "A capture carries it.",
  title_and_abstract:
    "Found in arXiv's metadata by an equal title, case and punctuation aside; the abstract is the same text.",
  title_and_authors:
    "Found in arXiv's metadata by an equal title, case and punctuation aside; the authors are the same.",
} as const satisfies Vocabulary;
export type IdSource = keyof typeof ID_SOURCES;

export const RETIREMENT_REASONS = {
  merged: "It turned out to be the same as the surviving row.",
  split:
    "It turned out to be several works: surviving_id is the one that continues it, others hold the rest of its mentions; diff.json of that version names all.",
  removed: "Nothing in this release's input stands for it any more.",
} as const satisfies Vocabulary;

export const RETIRABLE_TABLES = {
  papers: "The id was a paper_id.",
  repositories: "The id was a repository_id.",
} as const satisfies Vocabulary;
export type RetirableTable = keyof typeof RETIRABLE_TABLES;
