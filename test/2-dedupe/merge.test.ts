import { describe, expect, test } from "vitest";
import { findLinks } from "../../pipeline/1-parse/links.ts";
import type { FoundLink, Mention } from "../../pipeline/1-parse/mention.ts";
import { mergeCluster, mergeFacts } from "../../pipeline/2-dedupe/merge.ts";
import type { Work } from "../../pipeline/2-dedupe/paper.ts";
import { cluster } from "../../pipeline/2-dedupe/works/cluster.ts";
import { mention, repositoryLink, SPEAKING } from "../support/mentions.ts";

const titled = (...titles: readonly string[]) =>
  mergeFacts(titles.map((title, i) => mention(`m_${i}`, { title }))).title;

/** The work of mentions that are one work by their arXiv identifier. */
function paperOf(...known: readonly Partial<Mention>[]): Work {
  const mentions = known.map((facts, i) => mention(`m_${i}`, { arxiv_id: "2401.00001", ...facts }));
  const [members = [], ...others] = cluster(mentions);
  expect(others).toEqual([]);
  return mergeCluster(members, mergeFacts(mentions));
}

describe("of several titles", () => {
  test("the form that most mentions have is kept", () => {
    expect(titled("River Stones", "river stones", "river stones")).toBe("river stones");
  });

  test("of equally frequent forms the one without spaces before punctuation is kept", () => {
    expect(titled("RIVER STONES : A View", "River stones: a view")).toBe("River stones: a view");
  });

  test("of equally sound forms the one with most capitals is kept", () => {
    expect(titled("A river of stones", "a River Of Stones")).toBe("a River Of Stones");
  });

  test("of forms that differ in nothing else the first in character order is kept", () => {
    expect(titled("River stones b", "River stones a")).toBe("River stones a");
  });
});

describe("of several values", () => {
  test("the longest abstract is kept, and of equally long ones the first", () => {
    const abstracts = (...all: readonly (string | null)[]) =>
      mergeFacts(all.map((abstract, i) => mention(`m_${i}`, { abstract }))).abstract;
    expect(abstracts("short", null, "much longer", "long")).toBe("much longer");
    expect(abstracts(null, "first", "other")).toBe("first");
    expect(abstracts(null, null)).toBeNull();
  });

  test("the longest list of authors is kept", () => {
    const all = [null, ["Ada Quill"], ["Ada Quill", "Jan Reed"]];
    const merged = mergeFacts(all.map((authors, i) => mention(`m_${i}`, { authors })));
    expect(merged.authors).toEqual(["Ada Quill", "Jan Reed"]);
  });

  test("year, venue and address are the first known", () => {
    const merged = mergeFacts([
      mention("m_1"),
      mention("m_2", { year: 2024, venue: null, url: "https://example.org/a" }),
      mention("m_3", { year: 2023, venue: "Stones Letters", url: "https://example.org/b" }),
    ]);
    expect(merged).toMatchObject({ year: 2024, venue: "Stones Letters", url: "https://example.org/a" });
  });

  test("the first day of publication is the earliest", () => {
    const days = ["2024-05-01", null, "2023-12-31", "2024-01-01"];
    const merged = mergeFacts(days.map((published_on, i) => mention(`m_${i}`, { published_on })));
    expect(merged.published_on).toBe("2023-12-31");
  });

  test("the identifiers are in their base form, and a published DOI comes before arXiv's", () => {
    const merged = mergeFacts([
      mention("m_1", { doi: "https://doi.org/10.48550/arXiv.2401.00001" }),
      mention("m_2", { arxiv_id: "arXiv:2401.00001v2", doi: "10.1234/ONE" }),
    ]);
    expect(merged).toMatchObject({ arxiv_id: "2401.00001", doi: "10.1234/one" });
    expect(mergeFacts([mention("m_1", { doi: "10.48550/arXiv.2401.00001" })]).doi).toBe(
      "10.48550/arxiv.2401.00001",
    );
  });

  test("a value is null exactly where no mention knows it", () => {
    expect(mergeFacts([mention("m_1"), mention("m_2")])).toEqual({
      title: SPEAKING,
      abstract: null,
      authors: null,
      arxiv_id: null,
      doi: null,
      published_on: null,
      year: null,
      venue: null,
      url: null,
    });
  });
});

describe("the mentions of a paper", () => {
  test("carry their place, and the rule and score of their tie", () => {
    const { mentions } = paperOf({ position: 7, upvotes: 0, abstract: "words" }, { title: "Renamed" });
    expect(mentions).toHaveLength(2);
    expect(mentions[0]).toMatchObject({
      mention_id: "m_0",
      position: 7,
      upvotes: 0,
      match_rule: "same_arxiv_id",
      match_score: 1,
    });
    expect(mentions[1]).toMatchObject({ mention_id: "m_1", title_as_captured: "Renamed" });
  });

  test("carry nothing that belongs to the paper", () => {
    const columns = Object.keys(paperOf({ abstract: "words" }).mentions[0] ?? {});
    expect(columns).toContain("line_start");
    for (const name of ["title", "abstract", "authors", "arxiv_id", "doi", "year", "url", "links", "issues"])
      expect(columns).not.toContain(name);
  });

  test("that are alone are single, with no score", () => {
    expect(paperOf({}).mentions[0]).toMatchObject({ match_rule: "single", match_score: null });
  });
});

describe("evidence", () => {
  const short = "Our code: https://github.com/ada/stones.";
  const long = `🚁🚁 Drones count ${"many ".repeat(30)}stones; our code is at https://github.com/ada/stones today.`;

  test("stands in the paper's text exactly where the offsets say, counted in code points", () => {
    const paper = paperOf({ abstract: long, links: findLinks(long, "abstract") });
    const [{ evidence, evidence_start, evidence_end } = { evidence: "" }] = paper.repositories;
    expect(evidence).toContain("https://github.com/ada/stones");
    expect([...long].slice(evidence_start ?? 0, evidence_end ?? 0).join("")).toBe(evidence);
    expect(evidence_start).toBeGreaterThan(0);
  });

  test("has no offsets where its text is not the one that is released", () => {
    const paper = paperOf({ abstract: short, links: findLinks(short, "abstract") }, { abstract: long });
    expect(paper.abstract).toBe(long);
    expect(paper.repositories).toMatchObject([
      { evidence_field: "abstract", evidence_start: null, evidence_end: null, mention_id: "m_0" },
    ]);
  });

  test("in a title that is not the released form has no offsets either", () => {
    const link = repositoryLink("ada/stones", { evidence_field: "title" });
    const paper = paperOf({ title: "stones", links: [link] }, { title: "Stones" }, { title: "Stones" });
    expect(paper.repositories).toMatchObject([{ evidence_field: "title", evidence_start: null }]);
  });

  test("in the released text comes before any other", () => {
    const paper = paperOf(
      { abstract: short, links: findLinks(short, "abstract") },
      { abstract: long, links: findLinks(long, "abstract") },
    );
    expect(paper.repositories).toMatchObject([{ mention_id: "m_1" }]);
    expect(paper.repositories[0]?.evidence_start).not.toBeNull();
  });
});

describe("the links of a paper", () => {
  const place = (evidence_start: number, known: Partial<FoundLink> = {}) =>
    repositoryLink("ada/stones", { evidence_start, ...known });

  test("name a repository once, whatever the case of its name, as the best evidence writes it", () => {
    const links = [repositoryLink("Ada/Stones"), place(5), repositoryLink("ada/owls", { evidence_start: 9 })];
    const { repositories } = paperOf({ links });
    expect(repositories.map(({ owner, name }) => `${owner}/${name}`)).toEqual(["Ada/Stones", "ada/owls"]);
  });

  test.each([
    ["own_code", ["unclear", "mentions", "uses", "own_code"]],
    ["uses", ["unclear", "mentions", "uses"]],
    ["mentions", ["unclear", "mentions"]],
  ] as const)("are shown by evidence of relation %s before %j", (best, relations) => {
    const links = relations.map((relation, i) => place(i, { relation, rule: "own_subject" }));
    expect(paperOf({ links }).repositories).toMatchObject([{ relation: best, rule: "own_subject" }]);
  });

  test("of equal relation are shown by the first in the text, then by the smallest mention id", () => {
    expect(paperOf({ links: [place(30), place(4)] }).repositories).toMatchObject([{ evidence_start: 4 }]);
    expect(paperOf({ links: [place(4)] }, { links: [place(4)] }).repositories).toMatchObject([
      { mention_id: "m_0" },
    ]);
  });

  test("to other pages are kept once per address, apart from repositories", () => {
    const page = (url: string) =>
      repositoryLink("x/y", { url, target: { type: "page", kind: "video", implied_repository: null } });
    const links = [
      page("https://example.org/a"),
      page("https://example.org/a"),
      page("https://example.org/b"),
    ];
    const paper = paperOf({ links: [...links, place(0)] });
    expect(paper.links.map(({ url, kind }) => [url, kind])).toEqual([
      ["https://example.org/a", "video"],
      ["https://example.org/b", "video"],
    ]);
    expect(paper.repositories).toHaveLength(1);
  });
});

describe("the issues of a paper", () => {
  test("are those of all mentions, each once and in order", () => {
    const paper = paperOf({ issues: ["year_unknown"] }, { issues: ["abstract_missing", "year_unknown"] });
    expect(paper.issues).toEqual(["abstract_missing", "year_unknown"]);
  });

  test("do not count a missing abstract that another mention has", () => {
    const paper = paperOf({ issues: ["abstract_missing", "year_unknown"] }, { abstract: "Here it is." });
    expect(paper.issues).toEqual(["year_unknown"]);
  });
});
