import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectLayout } from "../../../pipeline/1-parse/detect.ts";
import { cslJson } from "../../../pipeline/1-parse/formats/csl-json.ts";
import { ABSTRACT, cutAnywhere, OTHER_TITLE, read, TITLE } from "../layouts.ts";

const ITEM = {
  id: "quill2024",
  type: "paper-conference",
  title: '<i>Counting</i> River Stones With <span class="nocase">Patient</span> Drones',
  abstract: `<jats:p>${ABSTRACT}</jats:p>`,
  author: [
    { family: "Quill", given: "Ada" },
    { family: "Stein", given: "Göran", "dropping-particle": "von", "non-dropping-particle": "der" },
    { family: "Reed", given: "Jan", suffix: "Jr." },
    { literal: "The River Team" },
  ],
  issued: { "date-parts": [[2024, 1, 5]] },
  "container-title": "River Letters",
  DOI: "10.1234/RL.7",
  URL: "https://example.org/stones",
  archive: "arXiv",
  number: "arXiv:2401.01234",
  volume: 7,
  issue: "2-3",
  page: "11-19",
  note: "Code at https://github.com/example-lab/stones",
};
const readItem = (item: object) => read(cslJson, JSON.stringify([item]));
const factsOf = (fields: object) => {
  const [paper] = readItem({ type: "article", title: TITLE, ...fields });
  return paper?.kind === "paper" ? paper.facts : null;
};
const nameOf = (item: object) => detectLayout(JSON.stringify([item]))?.name ?? null;

describe("an item of CSL-JSON", () => {
  test("is read with all that is said of its paper", () => {
    expect(readItem(ITEM)).toEqual([
      {
        kind: "paper",
        title: TITLE,
        abstract: ` ${ABSTRACT} `,
        facts: {
          id: "quill2024",
          authors: ["Ada Quill", "Göran von der Stein", "Jan Reed Jr.", "The River Team"],
          arxiv_id: "2401.01234",
          doi: "10.1234/rl.7",
          published_on: "2024-01-05",
          year: 2024,
          venue: "River Letters",
          volume: "7",
          number: "2-3",
          pages: "11-19",
          url: "https://example.org/stones",
          remarks: "Code at https://github.com/example-lab/stones",
          upvotes: null,
          comments: null,
          links: [],
        },
        capturedLabel: null,
        issues: [],
        lineStart: 1,
        lineEnd: 1,
      },
    ]);
  });

  test.each([
    ["alone", JSON.stringify(ITEM)],
    ["as a line", `${JSON.stringify(ITEM)}\n${JSON.stringify({ ...ITEM, title: OTHER_TITLE })}\n`],
    ["in a list of items", JSON.stringify({ items: [ITEM] })],
  ])("may stand %s", (_where, text) => {
    expect(detectLayout(text)?.name).toBe("csl_json");
    expect(read(cslJson, text)[0]).toMatchObject({ kind: "paper", title: TITLE });
  });

  test("without a title is a reject", () => {
    expect(readItem({ id: "a", type: "book" })).toMatchObject([{ reason: "title_missing", text: "a" }]);
  });

  test.each<[string, object, string | null, number | null]>([
    ["a day", { "date-parts": [["2024", "3", "9"]] }, "2024-03-09", 2024],
    [
      "the first of two days",
      {
        "date-parts": [
          [2023, 12, 31],
          [2024, 1, 1],
        ],
      },
      "2023-12-31",
      2023,
    ],
    ["a month", { "date-parts": [[2024, 3]] }, null, 2024],
    ["raw text", { raw: "2024-03-09" }, "2024-03-09", 2024],
    ["words", { literal: "spring 2024" }, null, 2024],
    ["nothing", { "date-parts": [[null]] }, null, null],
    ["no date", { "date-parts": [[[[]]]] }, null, null],
  ])("may be issued on %s", (_what, issued, published_on, year) => {
    expect(factsOf({ issued })).toMatchObject({ published_on, year });
  });

  test("may have a date of brackets in brackets, which is none", () => {
    const brackets = "[".repeat(20_000) + "]".repeat(20_000);
    const text = `[{"title": "${TITLE}", "issued": {"date-parts": [[${brackets}]]}}]`;
    expect(read(cslJson, text)).toMatchObject([{ title: TITLE, facts: { year: null } }]);
  });

  test.each<[string, object, string | null]>([
    ["its archive says so", { archive: "arXiv", archive_location: "2401.01234v2" }, "2401.01234"],
    ["its publisher says so", { publisher: "arXiv", number: "2401.01234" }, "2401.01234"],
    ["its number says so", { number: "arXiv:2401.01234" }, "2401.01234"],
    ["its address does", { URL: "http://arxiv.org/abs/2401.01234" }, "2401.01234"],
  ])("has arXiv's identifier where %s", (_where, fields, id) => {
    expect(factsOf(fields)?.arxiv_id).toBe(id);
  });

  test("has none where its number is another archive's", () => {
    expect(factsOf({ archive: "other", number: "2401.01234" })?.arxiv_id).toBeNull();
  });
});

describe("CSL-JSON is told from a table of papers", () => {
  test.each([
    ["by its date", { title: TITLE, issued: { "date-parts": [[2024]] } }],
    ["by its type and where it stood", { title: TITLE, type: "book", "container-title": "Letters" }],
    ["by its type and its names", { title: TITLE, type: "book", author: [{ family: "Quill" }] }],
  ])("%s", (_how, item) => {
    expect(nameOf(item)).toBe("csl_json");
  });

  test.each([
    ["a type alone", { title: TITLE, type: "article" }],
    ["names alone", { title: TITLE, author: [{ family: "Quill" }] }],
    ["a type that is none of CSL's", { title: TITLE, type: "paper", "container-title": "Letters" }],
    ["a date as text", { title: TITLE, issued: "2024-01-05" }],
    ["names as text", { title: TITLE, type: "article", author: ["Ada Quill"] }],
  ])("but not by %s", (_what, item) => {
    expect(nameOf(item)).toBe("table_json");
  });

  test("and without a title it is neither", () => {
    expect(nameOf({ type: "book", issued: { "date-parts": [[2024]] } })).toBeNull();
  });
});

describe("of any items", () => {
  const field = fc.constantFrom(
    "title",
    "author",
    "issued",
    "type",
    "number",
    "archive",
    "URL",
    "DOI",
    "note",
    "id",
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(TITLE, [{ family: "Quill" }, { literal: 3 }, null], {
      "date-parts": [[2024, 1, 5]],
    }),
    fc.constantFrom<unknown>(
      { "date-parts": [] },
      { "date-parts": [[]] },
      { "date-parts": [{}] },
      "<i>a</i>",
    ),
  );
  const items = fc.array(fc.dictionary(field, value), { minLength: 1, maxLength: 4 });

  test("none is lost, and none makes the reader fail", () => {
    fc.assert(
      fc.property(items, (list) => {
        expect(read(cslJson, JSON.stringify(list))).toHaveLength(list.length);
      }),
    );
  });

  test("the same papers are read, into whatever pieces the text is cut", () => {
    fc.assert(
      fc.property(cutAnywhere(items.map((list) => JSON.stringify(list, null, 1))), ([text, pieces]) => {
        expect(read(cslJson, ...pieces)).toEqual(read(cslJson, text));
      }),
    );
  });
});
