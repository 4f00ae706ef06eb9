import { describe, expect, test } from "vitest";
import { detectLayout, LAYOUTS } from "../../pipeline/1-parse/detect.ts";
import { SOURCE_FORMATS } from "../../schemas/vocabularies.ts";
import { ABSTRACT, OTHER_TITLE, TITLE } from "./layouts.ts";

const nameOf = (head: string) => detectLayout(head)?.name ?? null;

const BLANK = `new\n\nSubscribe\n\nMar 14\n\n${TITLE}\n\n${ABSTRACT}\n`;
const BARE = `Get trending papers in your email inbox!\nSubscribe${TITLE}\n${ABSTRACT}\n${OTHER_TITLE}\n${ABSTRACT}\n`;

describe("a listing", () => {
  test("with blank lines and one of bare lines are told apart", () => {
    expect(nameOf(BLANK)).toBe("text_blank_lines");
    expect(nameOf(BARE)).toBe("text_bare_lines");
  });

  test("is known with Windows line ends too", () => {
    expect(nameOf(BLANK.replaceAll("\n", "\r\n"))).toBe("text_blank_lines");
    expect(nameOf(BARE.replaceAll("\n", "\r\n"))).toBe("text_bare_lines");
  });

  test("is known though the text breaks off inside its first abstract", () => {
    const head = `Subscribe\n\n${TITLE}\n\n${ABSTRACT} ${ABSTRACT}\n`;
    expect(nameOf(head.slice(0, -20))).toBe("text_blank_lines");
  });

  test("is known where its first paper has no abstract but a later one has", () => {
    expect(nameOf(`Subscribe\n\n${OTHER_TITLE}\n\n${TITLE}\n\n${ABSTRACT}\n`)).toBe("text_blank_lines");
  });

  test.each([
    ["behind", `${BARE}\n`],
    ["before", `\n\n${BARE}`],
  ])("of bare lines is known by its inside, with a blank line %s it", (_where, head) => {
    expect(nameOf(head)).toBe("text_bare_lines");
  });
});

describe("no listing is", () => {
  test.each([
    ["nothing", ""],
    ["white space", " \n\n\t\n"],
    ["binary data", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01"],
    [
      "a README",
      `# Stonecount\n\nCounts stones in rivers.\n\n## Install\n\n    npm install stonecount\n\n${ABSTRACT}\n\n## Licence\n\nMIT\n`,
    ],
    ["JSON of other things", `{\n  "heading": "${TITLE}",\n\n  "text": "${ABSTRACT}"\n}\n`],
    ["JSON on one line", `{"heading":"${TITLE}","text":"${ABSTRACT}"}\n`],
    ["JSON lines", `{"heading":"${TITLE}"}\n{"heading":"${OTHER_TITLE}"}\n`],
    ["a list of texts", `["${TITLE}", "${OTHER_TITLE}"]`],
    ["brackets without end", "[".repeat(60_000)],
    ["CSV", `heading,text\n"${TITLE}","${ABSTRACT}"\n`],
    [
      "a part of an HTML page that tells of no listing",
      `<div>\n\n<h3>${TITLE}</h3>\n\n<p>${ABSTRACT}</p>\n</div>\n`,
    ],
    ["papers without a listing's furniture", `${TITLE}\n\n${ABSTRACT}\n\n${OTHER_TITLE}\n\n${ABSTRACT}\n`],
    ["furniture without papers", "new\n\nSubscribe\n\nMar 14\n"],
    ["furniture with titles only", `new\n\nSubscribe\n\n${TITLE}\n\n${OTHER_TITLE}\n`],
    ["furniture with an abstract that has no title", `new\n\nSubscribe\n\n${ABSTRACT}\n`],
  ])("%s", (_what, head) => {
    expect(nameOf(head)).toBeNull();
  });
});

describe("a structured source is known by its fields, whatever its file is called:", () => {
  const paper = `{"id": "2603.00001", "title": "${TITLE}", "summary": "${ABSTRACT}"}`;
  test.each([
    ["html_page", `<!doctype html>\n<html>{id,title,name}\n<h3>${TITLE}</h3>\n\n<p>${ABSTRACT}</p>\n</html>`],
    ["listing_api", `[{"paper": ${paper}}]`],
    ["listing_api", paper],
    ["listing_api", `{"papers": [${paper}]}`],
    [
      "arxiv_snapshot",
      `{"id": "1", "title": "${TITLE}", "categories": "cs.CV", "update_date": "2026-01-01"}`,
    ],
    ["pwc_papers", `[{"paper_url": "https://a.bc/1", "title": "${TITLE}", "abstract": "${ABSTRACT}"}]`],
    [
      "pwc_links",
      `[{"paper_url": "https://a.bc/1", "paper_title": "${TITLE}", "repo_url": "https://a.bc/2"}]`,
    ],
    [
      "arxiv_atom",
      `<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id></feed>`,
    ],
    ["bibtex", `@article{quill2026,\n  title = {${TITLE}}\n}\n`],
    ["csl_json", `[{"id": "a", "type": "book", "title": "${TITLE}", "issued": {"date-parts": [[2026]]}}]`],
    ["table_json", `{"Title": "${TITLE}"}\n{"Title": "${OTHER_TITLE}"}\n`],
    ["table_csv", `id,Title,authors\n1,"${TITLE}",Ada\n`],
    ["table_csv", `\ufeffid\ttitle\n1\t${TITLE}\n`],
  ])("%s", (name, head) => {
    expect(nameOf(head)).toBe(name);
  });
});

describe("the layouts", () => {
  test("are those of the published vocabulary, each once", () => {
    expect(LAYOUTS.map((layout) => layout.name).sort()).toEqual(Object.keys(SOURCE_FORMATS).sort());
  });

  test.each(LAYOUTS)(
    "$name is judged by content alone: twice the same text, twice the same answer",
    (layout) => {
      for (const head of [BLANK, BARE, ""]) expect(layout.recognises(head)).toBe(layout.recognises(head));
      expect(LAYOUTS.filter((each) => each.recognises(BARE))).toHaveLength(1);
    },
  );
});
