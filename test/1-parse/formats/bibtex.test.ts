import { describe, expect, test } from "vitest";
import { bibtex } from "../../../pipeline/1-parse/formats/bibtex.ts";
import { ABSTRACT, OTHER_TITLE, read, TITLE } from "../layouts.ts";

const readText = (...pieces: readonly string[]) => read(bibtex, ...pieces);
const papersIn = (text: string) => readText(text).filter((item) => item.kind === "paper");
const entryOf = (fields: string) => `@article{k,\n  ${fields}\n}\n`;
const factsOf = (fields: string) => papersIn(entryOf(`title = {${TITLE}}, ${fields}`))[0]?.facts;

const ENTRY = String.raw`@Article{quill2024,
  title = {{C}ounting {River} Stones With Patient Drones},
  author = {Quill, Ada and G{\"o}ran von der Stein},
  abstract = {${ABSTRACT}},
  journal = "River Letters", volume = 7, number = {2--3}, pages = {11--19},
  eprint = {2401.01234v2}, archivePrefix = {arXiv}, primaryClass = {cs.CV},
  date = {2024-01-05}, doi = {10.1234/RL\_7}, url = {https://example.org/a?b=1\&c_d=2},
  note = {Code at \url{https://github.com/example-lab/stones}},
  file = {:home/ada/stones.pdf:PDF}
}
`;

describe("an entry", () => {
  test("is read with all that is said of its paper", () => {
    expect(readText(ENTRY)).toEqual([
      {
        kind: "paper",
        title: TITLE,
        abstract: ABSTRACT,
        facts: {
          id: "quill2024",
          authors: ["Ada Quill", "Göran von der Stein"],
          arxiv_id: "2401.01234",
          doi: "10.1234/rl_7",
          published_on: "2024-01-05",
          year: 2024,
          venue: "River Letters",
          volume: "7",
          number: "2--3",
          pages: "11--19",
          url: "https://example.org/a?b=1&c_d=2",
          remarks: String.raw`Code at \url{https://github.com/example-lab/stones}`,
          upvotes: null,
          comments: null,
          links: [],
        },
        capturedLabel: null,
        issues: [],
        lineStart: 1,
        lineEnd: 10,
      },
    ]);
  });

  test.each([
    ["in round brackets", `@misc(k, title = {${TITLE}})`],
    ["without a key", `@misc{title = {${TITLE}}}`],
    ["with a key that has spaces", `@misc{a key, title = {${TITLE}}}`],
    ["with an empty field and a comma too many", `@misc{k,, title = {${TITLE}},\n,}`],
    [
      "with comments between its fields",
      `@misc{k, % a key, not more}\n% note = {x}\ntitle = {${TITLE}} % }\n}`,
    ],
    [
      "with braces in quotes and quotes in braces",
      `@misc{k, note = {"}, year = "{"}20", title = {${TITLE}}}`,
    ],
    ["with its title twice: the first counts", `@misc{k, title = {${TITLE}}, title = {${OTHER_TITLE}}}`],
    ["with signs of its own in quotes", `@misc{k, note = "a, b % } @misc{c}", title = {${TITLE}}}`],
    ["with comments behind its fields", `@misc{k, year = 2024 % b, }\n, title = {${TITLE}} % c, }\n}`],
    ["with an entry in its note", `@misc{k, note = {see @misc{b, title = {c}}}, title = {${TITLE}}}`],
    ["with white space in its head", `@ misc\n {k,\n title\n =\n {${TITLE}}}`],
    ["with a value that has an escaped brace", `@misc{k, note = {a \\} b}, title = {${TITLE}}}`],
  ])("may be written %s", (_how, text) => {
    expect(readText(text)).toMatchObject([{ kind: "paper", title: TITLE }]);
  });

  test("without a title is a reject", () => {
    expect(readText("@misc{k, year = 2024}")).toMatchObject([{ reason: "title_missing", text: "k" }]);
  });

  test("may price something: a dollar sign by itself is no formula", () => {
    expect(papersIn(entryOf("title = {Stones $x$ for $5}"))).toMatchObject([{ title: "Stones x for \\$5" }]);
  });
});

describe("of an entry's fields", () => {
  test("authors stand in the order in which names are spoken, and others have no name", () => {
    const authors = String.raw`Quill, Ada and Jan van der Berg and van Dam, Eve and {The River Team} and Reed, Jr., Tom and
      M{\'\i}a {\v{S}}koda and others`;
    expect(factsOf(`author = {${authors}}`)?.authors).toEqual([
      "Ada Quill",
      "Jan van der Berg",
      "Eve van Dam",
      "The River Team",
      "Tom Reed Jr.",
      "Mía Škoda",
    ]);
  });

  test.each([
    ["the eprint where it names no archive", "eprint = {2401.01234}", "2401.01234"],
    ["the eprint of BibLaTeX", "eprint = {2401.01234}, eprinttype = {arxiv}", "2401.01234"],
    ["not the eprint of another archive in BibLaTeX", "eprint = {2401.01234}, eprinttype = {x}", null],
    ["not the eprint of another archive", "eprint = {2401.01234}, archiveprefix = {other}", null],
    ["the journal", "journal = {arXiv preprint arXiv:2401.01234}", "2401.01234"],
    ["not a journal that only looks so", "journal = {Stones 2401.01234}", null],
    ["the address", "url = {https://arxiv.org/abs/2401.01234v1}", "2401.01234"],
  ])("arXiv's identifier is taken from %s", (_what, fields, id) => {
    expect(factsOf(fields)?.arxiv_id).toBe(id);
  });

  test("the year is taken from a date where there is none, and a day only from a whole date", () => {
    expect(factsOf("date = {2024-03}")).toMatchObject({ year: 2024, published_on: null });
    expect(factsOf("year = 2023, date = {2024-03-01}")).toMatchObject({ year: 2023 });
  });

  test.each(["journaltitle", "journal", "booktitle"])("%s is the venue", (name) => {
    expect(factsOf(`${name} = {Proc. of {Rivers}}`)?.venue).toBe("Proc. of Rivers");
  });

  test("no markup is left of titles and names", () => {
    const [paper] = papersIn(entryOf("title = {<i>Strix</i>}, author = {Reed, \\textit{Jan}}"));
    expect(paper).toMatchObject({ title: "Strix", facts: { authors: ["Jan Reed"] } });
  });

  test("an address may be marked as one", () => {
    expect(factsOf("url = {\\url{https://example.org/a_b}}")?.url).toBe("https://example.org/a_b");
  });

  test("code is named by fields of its own and by how it was published", () => {
    expect(
      factsOf("howpublished = {\\url{https://codeberg.org/r/p}}, code = {https://github.com/a/b}"),
    ).toMatchObject({
      remarks: "\\url{https://codeberg.org/r/p}",
      links: [{ url: "https://github.com/a/b", rule: "stated_by_table" }],
    });
  });

  test("a subtitle belongs to the title", () => {
    expect(papersIn(entryOf("title = {Stones}, subtitle = {A {Study}}"))).toMatchObject([
      { title: "Stones: A Study" },
    ]);
  });
});

describe("abbreviations", () => {
  test("hold for later entries, whatever their case, also inside other abbreviations", () => {
    const text = `@string{rl = "River"}\n@string(long = RL # { Letters})\n${entryOf("title = {x}, journal = Long # { B}")}`;
    expect(readText(text)).toMatchObject([
      { kind: "furniture", name: "bib_string", lineStart: 1, lineEnd: 1 },
      { kind: "furniture", name: "bib_string", lineStart: 2, lineEnd: 2 },
      { kind: "paper", facts: { venue: "River Letters B" } },
    ]);
  });

  test("that nobody defined stay as they are called", () => {
    expect(factsOf("journal = rl")?.venue).toBe("rl");
  });

  test("cannot be made to grow: one that is too long is a reject, and so is an entry that is with them", () => {
    const doubled = Array.from({ length: 60 }, (_, at) => `@string{b${at + 1} = b${at} # b${at}}`);
    const strings = [`@string{b0 = {${"x".repeat(100)}}}`, ...doubled].join("\n");
    expect(readText(strings).filter(({ kind }) => kind === "reject")).not.toHaveLength(0);
    const many = entryOf(`title = ${Array.from({ length: 50 }, () => "b0").join(" # ")}`);
    expect(readText(`${strings}\n${many}`).at(-1)).toMatchObject({ reason: "entry_invalid" });
  });

  test("that fill a mebibyte are enough: those behind them are rejects", () => {
    const strings = Array.from({ length: 600 }, (_, at) => `@string{a${at} = {${"x".repeat(1_900)}}}\n`);
    expect(readText(strings.join("")).at(-1)).toMatchObject({ reason: "entry_invalid", lineStart: 600 });
  });
});

describe("an entry that is broken is one reject, and the next is read:", () => {
  test.each([
    ["never closed", `@misc{k, title = {a}\n\n`],
    ["with a quotation mark that is never closed", `@misc{k, title = "a}\n`],
    ["without a comma between two fields", `@misc{k, title = {a} year = 2024}\n`],
    ["with words where a field should be", `@misc{k, title = {a}, some words}\n`],
    ["of more than a mebibyte", `@misc{k, title = {a}, file = {${"x".repeat(1 << 20)}}}\n`],
    ["with too many authors to read", `@misc{k, title = {a}, author = {${"A B and ".repeat(20_000)}C}}\n`],
    ["with commands that define others", `@misc{k, title = {a}, author = {\\newcommand{\\a}{b}\\a}}\n`],
    ["that is an abbreviation", `@string{= "x"}\n`],
    ["that is a long abbreviation", `@string{a = {${"x".repeat(3_000)}}}\n`],
  ])("%s", (_how, broken) => {
    expect(readText(broken + ENTRY)).toMatchObject([
      { kind: "reject", reason: "entry_invalid", text: expect.stringMatching(/^@/u), lineStart: 1 },
      { kind: "paper", title: TITLE, lineStart: broken.split("\n").length },
    ]);
  });

  test("and tells nothing of the next", () => {
    expect(readText(`@misc{k, title = {a\n${ENTRY}`)[0]).toMatchObject({
      text: "@misc{k, title = {a\n",
      lineEnd: 1,
    });
  });

  test("at the end of the text too", () => {
    expect(readText(`${ENTRY}@misc{k,\n title = {a\n\n`).at(-1)).toMatchObject({
      lineStart: 11,
      lineEnd: 12,
    });
    expect(readText("@comment{ a")).toMatchObject([{ kind: "reject", reason: "entry_invalid" }]);
  });
});

describe("the layout", () => {
  test.each([
    ["an entry", ENTRY],
    ["an entry behind comment lines", `% Encoding: UTF-8\n\n%\n${ENTRY}`],
    ["a definition", '@string{rl = "River Letters"}\n'],
    ["a comment", "@comment{jabref-meta: a}\n"],
  ])("is recognised by %s", (_what, head) => {
    expect(bibtex.recognises(head)).toBe(true);
  });

  test.each([
    ["a text that quotes an entry", `Cite this:\n\n${ENTRY}`],
    ["an address", "@ada on the web: https://example.org\n"],
    ["a rule of a style sheet", "@media (width > 10px) { a { b: c } }\n"],
    ["code", "@dataclass(frozen=True)\nclass A:\n"],
    ["nothing", ""],
  ])("is not recognised in %s", (_what, head) => {
    expect(bibtex.recognises(head)).toBe(false);
  });
});
