import { describe, expect, test } from "vitest";
import { isPaperTable, tableRecord } from "../../../pipeline/1-parse/records/table-row.ts";

describe("a row of a plain table", () => {
  test("is read by the field's usual column names, all of them", () => {
    expect(
      tableRecord({
        id: "7",
        title: "Counting River Stones",
        abstract: "Stones are counted.",
        authors: "Quill, Ada; Stein, Jan",
        arxiv_id: "2401.01234v2",
        doi: "https://doi.org/10.1234/RL.7",
        url: "https://example.org/stones",
        venue: "River Letters",
        year: "2024",
        published: "2024-01-05",
        volume: "7",
        number: "2",
        pages: "11-19",
      }),
    ).toEqual({
      id: "7",
      title: "Counting River Stones",
      abstract: "Stones are counted.",
      authors: ["Quill, Ada", "Stein, Jan"],
      arxiv_id: "2401.01234",
      doi: "10.1234/rl.7",
      url: "https://example.org/stones",
      venue: "River Letters",
      year: 2024,
      published_on: "2024-01-05",
      volume: "7",
      number: "2",
      pages: "11-19",
      upvotes: null,
      comments: null,
      remarks: null,
      links: [],
    });
  });

  test("may have its names in any case, with spaces or hyphens", () => {
    expect(
      tableRecord({ Title: "Stones", "ArXiv-ID": "2401.01234", "Paper URL": "https://example.org/" }),
    ).toMatchObject({
      title: "Stones",
      arxiv_id: "2401.01234",
      url: "https://example.org/",
    });
  });

  test.each([
    ["Ada Quill, Jan Stein and Eve Reed", ["Ada Quill", "Jan Stein", "Eve Reed"]],
    ["Quill, Ada and Stein, Jan", ["Quill, Ada", "Stein, Jan"]],
    ["Quill, Ada; Stein, Jan", ["Quill, Ada", "Stein, Jan"]],
    ['["Ada Quill", "Jan Stein"]', ["Ada Quill", "Jan Stein"]],
    ["Ada Quill", ["Ada Quill"]],
    ["Baird, J. K.", ["Baird, J. K."]],
    ["Baird, JK", ["Baird, JK"]],
    ["Baird, John", ["Baird", "John"]],
    ["M. Tamer &#214;zsu, Jan Stein", ["M. Tamer Özsu", "Jan Stein"]],
    ["", null],
    ["[not JSON", null],
  ])("has the authors %s as a list", (authors, names) => {
    expect(tableRecord({ title: "Stones", authors }).authors).toEqual(names);
  });

  test("keeps every address of code, and authors that are objects", () => {
    const record = tableRecord({
      title: "Stones",
      code: ["https://github.com/a/b", "https://gitlab.com/c/d"],
      repo: "https://github.com/e/f",
      authors: ["Ada Quill", { name: "Jan Stein" }],
    });
    expect(record.links.map(({ url }) => url)).toEqual([
      "https://github.com/a/b",
      "https://gitlab.com/c/d",
      "https://github.com/e/f",
    ]);
    expect(record.authors).toEqual(["Ada Quill", "Jan Stein"]);
  });

  test("says nothing where a cell is empty", () => {
    const record = tableRecord({ title: "Stones", year: "", doi: " ", volume: "" });
    expect(record).toMatchObject({ year: null, doi: null, volume: null });
  });
});

test("a table holds papers when a column is a title", () => {
  expect(isPaperTable(["id", "Title"])).toBe(true);
  expect(isPaperTable(["id", "name"])).toBe(false);
});
