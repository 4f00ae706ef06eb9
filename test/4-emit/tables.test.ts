import { describe, expect, test } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { uncheckedLink } from "../../pipeline/3-enrich/links/link.ts";
import type { CheckedRepository } from "../../pipeline/3-enrich/repository.ts";
import { rowCheck } from "../../pipeline/4-emit/row-check.ts";
import { TABLES, type TableName } from "../../schemas/index.ts";
import { RULE_CONFIDENCE } from "../../schemas/relation-confidence.ts";
import { ownFolder } from "../support/folder.ts";
import { idOf, type PlainRow, type RowOf, rowOf } from "../support/rows.ts";
import { checkedOf, findingsOf, linkTo, mentionOf, pageOf, paperOf, tablesIn } from "./findings.ts";

const inFolder = ownFolder();

type Made = Exclude<TableName, "retired_ids">;

/** The rows that a table gets from these papers and repositories. */
async function rowsOf<N extends Made>(
  name: N,
  papers: readonly Paper[],
  repositories: readonly CheckedRepository[] = [],
): Promise<RowOf<N>[]> {
  const tables = await tablesIn(inFolder(), findingsOf(papers, repositories));
  return Array.fromAsync(tables[name]() as AsyncIterable<RowOf<N>>);
}

/** The row of one paper whose repositories are known. */
async function paperRow(known: Partial<Paper>, repositories: readonly CheckedRepository[] = []) {
  const [row] = await rowsOf("papers", [paperOf(1, known)], repositories);
  return row;
}

const at = "2026-01-01T00:00:00Z";
const observation = (number: number, observed_at: string) =>
  rowOf("repository_observations", { repository_id: idOf("r", number), observed_at });

describe("a table's rows come in the order of its key", () => {
  const repositories = [
    checkedOf(
      1,
      "ada/one",
      {},
      { observations: [observation(1, at), observation(1, "2026-02-01T00:00:00Z")] },
    ),
    checkedOf(2, "ada/two"),
    checkedOf(3, "ada/three", {}, { observations: [observation(3, at)] }),
  ];
  const papers = [
    paperOf(1, {
      repositories: [linkTo(1, "ada/three"), linkTo(1, "ada/one"), linkTo(1, "ada/two")],
      links: ["https://b.org/", "https://a.org/z", "https://a.org/Z"].map((url) => pageOf(1, url)),
      mentions: [mentionOf(9, { paper_id: idOf("p", 1) }), mentionOf(2, { paper_id: idOf("p", 1) })],
    }),
    paperOf(2, {
      repositories: [linkTo(2, "ada/two"), linkTo(2, "ada/one")],
      links: [pageOf(2, "https://a.org/")],
      mentions: [mentionOf(10), mentionOf(1)].map((row) => ({ ...row, paper_id: idOf("p", 2) })),
    }),
  ];

  test.each([
    ["papers", 2],
    ["repositories", 3],
    ["paper_repositories", 5],
    ["repository_observations", 3],
    ["paper_links", 4],
    ["mentions", 4],
  ] as const)("%s", async (name, count) => {
    const rows: readonly PlainRow[] = await rowsOf(name, papers, repositories);
    const keys = rows.map((row) => TABLES[name].key.map((column) => row[column]).join(" "));
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(count);
    for (const row of rows) expect(() => rowCheck(TABLES[name])(row)).not.toThrow();
  });

  test("which is the order of code units, with capitals first", async () => {
    const rows = await rowsOf("paper_links", papers, repositories);
    expect(rows.map(({ url }) => url)).toEqual([
      "https://a.org/Z",
      "https://a.org/z",
      "https://b.org/",
      "https://a.org/",
    ]);
  });
});

describe("a paper's row has of its own code", () => {
  const alive = checkedOf(1, "ada/stones", { stars: 7, observed_at: at });

  test("the repository, its status, its stars and their date", async () => {
    expect(await paperRow({ repositories: [linkTo(1, "ada/stones")] }, [alive])).toMatchObject({
      repository_id: idOf("r", 1),
      repository_status: "alive",
      stars: 7,
      stars_observed_at: at,
      repository_count: 1,
    });
  });

  test("nothing where it names repositories only for other reasons, which are counted all the same", async () => {
    const repositories = (["uses", "mentions", "unclear"] as const).map((relation, i) =>
      linkTo(1, `ada/other-${i}`, { relation }),
    );
    const known = repositories.map(({ name }, i) => checkedOf(i, `ada/${name}`));
    expect(await paperRow({ repositories }, known)).toMatchObject({
      repository_id: null,
      repository_status: null,
      stars: null,
      stars_observed_at: null,
      repository_count: 3,
    });
  });

  test("the first that it names as its own, not the first that it names", async () => {
    const repositories = [
      linkTo(1, "ada/used", { relation: "uses" }),
      linkTo(1, "ada/z"),
      linkTo(1, "ada/a"),
    ];
    const known = [checkedOf(1, "ada/a"), checkedOf(2, "ada/used"), checkedOf(3, "ada/z")];
    expect((await paperRow({ repositories }, known))?.repository_id).toBe(idOf("r", 3));
  });

  test("a measured zero with its date", async () => {
    const zero = checkedOf(1, "ada/stones", { stars: 0, observed_at: at });
    const row = await paperRow({ repositories: [linkTo(1, "ada/stones")] }, [zero]);
    expect([row?.stars, row?.stars_observed_at]).toEqual([0, at]);
  });

  test("no date where there are no stars", async () => {
    const unseen = checkedOf(1, "ada/stones", { stars: null, observed_at: at, status: "unknown" });
    const row = await paperRow({ repositories: [linkTo(1, "ada/stones")] }, [unseen]);
    expect([row?.repository_status, row?.stars, row?.stars_observed_at]).toEqual(["unknown", null, null]);
  });
});

describe("two names of one repository", () => {
  const moved = { ...checkedOf(1, "new/stones"), keys: ["github.com/old/stones", "github.com/new/stones"] };
  const links = [
    linkTo(1, "Old/Stones", { relation: "uses", rule: "uses_built_on" }),
    linkTo(1, "new/stones"),
  ];

  test("make one link and count once", async () => {
    const paper = paperOf(1, { repositories: links });
    expect(await rowsOf("paper_repositories", [paper], [moved])).toHaveLength(1);
    expect(await paperRow(paper, [moved])).toMatchObject({ repository_count: 1 });
  });

  test("keep the evidence of the first, which the earlier stage holds for the better", async () => {
    const paper = paperOf(1, { repositories: links });
    const [row] = await rowsOf("paper_repositories", [paper], [moved]);
    expect([row?.url_as_written, row?.relation]).toEqual(["github.com/Old/Stones", "uses"]);
    const swapped = { ...paper, repositories: links.toReversed() };
    expect(await paperRow(swapped, [moved])).toMatchObject({ repository_id: idOf("r", 1) });
  });
});

describe("the window in which a paper was captured", () => {
  const days = (...captured: (string | null)[]) =>
    paperRow({ mentions: captured.map((captured_on, i) => mentionOf(i, { captured_on })) });

  test("runs from its earliest to its latest day, whatever the order of its mentions", async () => {
    expect(await days("2026-03-20", "2025-12-31", "2026-03-14")).toMatchObject({
      first_captured_on: "2025-12-31",
      last_captured_on: "2026-03-20",
      mention_count: 3,
    });
  });

  test("leaves out captures without a full date", async () => {
    expect(await days(null, "2026-03-14", null)).toMatchObject({
      first_captured_on: "2026-03-14",
      last_captured_on: "2026-03-14",
      mention_count: 3,
    });
  });

  test("is not known where no capture has one", async () => {
    expect(await days(null, null)).toMatchObject({ first_captured_on: null, last_captured_on: null });
  });
});

describe("a paper's address", () => {
  const all = { url: "https://example.org/p", arxiv_id: "2401.00001", doi: "10.1234/one" };

  test.each([
    ["is what a capture links to", all, "https://example.org/p"],
    ["else arXiv's page", { ...all, url: null }, "https://arxiv.org/abs/2401.00001"],
    ["else the DOI's", { doi: "10.1234/one" }, "https://doi.org/10.1234/one"],
    [
      "with what no address may hold encoded",
      { doi: "10.1234/a<b>c d" },
      "https://doi.org/10.1234/a%3Cb%3Ec%20d",
    ],
    ["else not known", {}, null],
  ])("%s", async (_rule, known, url) => {
    expect((await paperRow(known))?.url).toBe(url);
  });
});

test("a paper keeps the release in which it first stood, and a new one has the release that is made", async () => {
  const papers = [paperOf(1, { first_released_in: "0.9.0" }), paperOf(2)];
  const rows = await Array.fromAsync((await tablesIn(inFolder(), findingsOf(papers), "1.4.0")).papers());
  expect(rows.map((row) => row.first_released_in)).toEqual(["0.9.0", "1.4.0"]);
});

test.each([
  ["own_availability", RULE_CONFIDENCE.own_availability],
  ["stated_official", null],
] as const)("a link keeps its evidence, with what was measured of its rule: %s", async (rule, confidence) => {
  const link = linkTo(1, "ada/stones", { rule });
  const [row] = await rowsOf(
    "paper_repositories",
    [paperOf(1, { repositories: [link] })],
    [checkedOf(4, "ada/stones")],
  );
  const { host: _host, owner: _owner, name: _name, ...kept } = link;
  expect(row).toEqual({ ...kept, paper_id: idOf("p", 1), repository_id: idOf("r", 4), confidence });
});

test("another link names its host, and has what is known of its address in every paper that names it", async () => {
  const url = "https://a.example.org:8080/x?y";
  const papers = [1, 2].map((number) => paperOf(number, { links: [pageOf(number, url)] }));
  const expected = [1, 2].map((number) => ({
    ...pageOf(number, url),
    paper_id: idOf("p", number),
    host: "a.example.org",
  }));
  const unchecked = uncheckedLink(url);
  expect(await rowsOf("paper_links", papers)).toEqual(expected.map((row) => ({ ...row, ...unchecked })));
  const checked = { ...unchecked, status: "alive", checked_at: "2026-11-21T09:00:00Z", likes: 0 } as const;
  const findings = { ...findingsOf(papers), links: new Map([[url, checked]]) };
  const rows = await Array.fromAsync((await tablesIn(inFolder(), findings)).paper_links());
  expect(rows).toEqual(expected.map((row) => ({ ...row, ...checked })));
});

test("an address that was never tracked is a defect", async () => {
  const findings = {
    ...findingsOf([paperOf(1, { links: [pageOf(1, "https://a.example/")] })]),
    links: new Map(),
  };
  const tables = await tablesIn(inFolder(), findings);
  await expect(Array.fromAsync(tables.paper_links())).rejects.toThrow(RangeError);
});

test("what is known of a paper stands in its row unchanged", async () => {
  const known = {
    authors: [],
    arxiv_id: "2401.00001",
    doi: "10.1/x",
    published_on: "1969-12-31",
    year: 1969,
    venue: "A river",
    issues: ["abstract_joined"],
  } as const;
  expect(await paperRow(known)).toMatchObject(known);
});

test("a repository that no stage has tracked is an error, not a lost link", async () => {
  const paper = paperOf(1, { repositories: [linkTo(1, "ada/lost")] });
  await expect(rowsOf("papers", [paper])).rejects.toThrow("github.com/ada/lost of p_0000000000000001");
});
