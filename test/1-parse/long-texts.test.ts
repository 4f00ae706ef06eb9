import { describe, expect, test } from "vitest";
import {
  areWrapped,
  blockLook,
  endsAsSentence,
  joinedBlocks,
  splitTitle,
} from "../../pipeline/1-parse/blocks.ts";
import { capturedOn, isDayLabel } from "../../pipeline/1-parse/captured-on.ts";
import { detectLayout } from "../../pipeline/1-parse/detect.ts";
import { findUrls } from "../../pipeline/1-parse/find-urls.ts";
import { isWrappedListing } from "../../pipeline/1-parse/formats/text-bare-lines.ts";
import { furnitureKind, gluedButton, isOrganisation } from "../../pipeline/1-parse/furniture.ts";
import { linkTarget } from "../../pipeline/1-parse/link-target.ts";
import { findLinks } from "../../pipeline/1-parse/links.ts";
import { arxivSnapshotRecord } from "../../pipeline/1-parse/records/arxiv-snapshot.ts";
import { arxivIn, dayIn, doiIn, webAddress, yearIn } from "../../pipeline/1-parse/records/record.ts";
import { isPaperTable, tableRecord } from "../../pipeline/1-parse/records/table-row.ts";
import { relationOf } from "../../pipeline/1-parse/relation.ts";
import { hasMarkup, repair } from "../../pipeline/1-parse/repairs/repairs.ts";
import { cleanText } from "../../pipeline/core/text.ts";

/** So many characters, and so many milliseconds: with a steady machine each of these takes less than 20. */
const [LENGTH, MOST] = [120_000, 1_000];

const times = (text: string, length = LENGTH) => text.repeat(Math.ceil(length / text.length));
/** A beginning that is met once, a piece over and over, and an end that it does not fit. */
const long = (start: string, piece: string, end: string) => start + times(piece) + end;

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** What reads text of any length, each with fragments that its patterns begin to match, and ends that they do not. */
const READERS: Readonly<Record<string, readonly [(text: string) => unknown, readonly string[]]>> = {
  cleaning: [cleanText, ["\0 ", "\ud800", " \u00a0", "a\u0301"]],
  repairs: [
    (text) => hasMarkup(repair(text)),
    [
      ..."\\ { } $ ~ ^ _ & # % ! , / ' é".split(" "),
      ...[
        "\\'",
        "\\'  ",
        "\\'a",
        "\\'aa{",
        "\\u ",
        "\\u  a",
        "\\'{\\",
        "\\'{a",
        "{a",
        "{\\a",
        "{é",
        "{é\u0301",
      ],
      ...[
        "\\textit{",
        "textit",
        "\\emph{}",
        "{\\em ",
        "{\\em a",
        "\\href{",
        "\\href{}{",
        "\\href{a",
        "\\ss ",
        "\\alpha",
      ],
      ...[
        "$a",
        "$ a",
        "$a ",
        "$1",
        "a$b$1",
        "^{a",
        "a^{a",
        "a_{ ",
        "a~",
        "1~1",
        ".~",
        "\\\\",
        "\\\\ ",
        "\\ ",
      ],
      ...[
        "&amp;",
        "&ampamp",
        "&#38",
        "&#x3",
        "&a1",
        "x20",
        "x2013",
        "x2212;",
        "\u200d",
        "a\u200d",
        "न\u200d",
        "\u00ad",
      ],
    ],
  ],
  "addresses and links": [
    findUrls,
    [
      ...[
        "https://",
        "http",
        "https://a.bc/(",
        "https://a.bc/)",
        "https://a.%:",
        "www.",
        "github.com",
        "www.github.com/",
      ],
      ...["a.github.io", "-", "aa-", "https://a\\_", "https://a.bc/](", "https://a.bc,https:", "a", "@", "."],
    ],
  ],
  "the look of a block": [
    (text) => [
      blockLook(text),
      endsAsSentence(text),
      furnitureKind(text),
      gluedButton(text),
      isOrganisation(text),
    ],
    [
      '."',
      '"',
      ".",
      ". ",
      ". A",
      "?)",
      "!]",
      "https://",
      "université",
      "lab",
      "Subscribe",
      "©",
      "1",
      "· ",
      "University ",
    ],
  ],
  "wrapped lines": [
    (text) => {
      const lines = (text.match(/[^\n]{1,80}/gu) ?? []).map((line, at) => ({ text: line, number: at }));
      const [block] = joinedBlocks(lines);
      return block !== undefined && areWrapped(block.lines ?? []) && splitTitle(block, true);
    },
    ["the ", "and,", "—", "a", "A ", ", "],
  ],
  "the layout": [
    (text) => [detectLayout(text.slice(0, 65_536)), isWrappedListing(text.slice(0, 65_536))],
    [
      "\n ",
      "\n\r",
      "\n\t ",
      " ",
      "\ufeff",
      '"',
      "title,",
      '"title",',
      "{",
      "[",
      '{"papers" ',
      '"papers":',
      "papers\t",
    ],
  ],
  "a day": [
    (text) => [isDayLabel(text), capturedOn(text, text, null), dayIn(text), yearIn(text)],
    ["2025-03-14", "2025-", "Mar ", "Mar 1", "1", "20", "2025 ", " "],
  ],
  "an identifier": [
    (text) => [arxivIn(text), doiIn(text), webAddress(text)],
    [
      "arxiv:",
      "arxiv: ",
      "1234.12345",
      "1234.12345v",
      "1234.",
      "a.AB",
      "a/",
      "math/012345",
      "10.1234/",
      "10.",
      "1",
      ".pdf",
    ],
  ],
  "an address's target": [
    (text) => linkTarget(new URL(`https://github.com/${encodeURI(text)}`)),
    ["a/", ".git", "%", "-/", ".", "a.b", "//"],
  ],
  "a row's names": [
    (text) => [tableRecord({ title: "Stones", authors: text, date: text, url: text }), isPaperTable([text])],
    [" and ", "and ", ",", "; ", "a and", " ", "- ", "[", "_", "a, b"],
  ],
};

describe.each(Object.entries(READERS))(
  "%s: a time that grows as the text does",
  (_what, [reader, fragments]) => {
    test.each(fragments)("for %j over and over, whatever stands before and after", (fragment) => {
      for (const start of ["", fragments[0] ?? ""])
        for (const end of ["", "!", "x", " ", "\u0001"])
          expect(timed(() => reader(long(start, fragment, end)))).toBeLessThan(MOST);
    });

    test("for one fragment before very many blanks, letters or full stops", () => {
      for (const piece of [" ", "a", "1", "."]) {
        const time = timed(() =>
          fragments.map((fragment) => reader(fragment + times(piece, 8_000) + fragment)),
        );
        expect(time, JSON.stringify(piece)).toBeLessThan(MOST * 5);
      }
    });
  },
);

describe("the words before a link", () => {
  test("are judged in a moment, a hundred times over", () => {
    for (const piece of [
      "code is be at ",
      "code is ",
      "data at is ",
      "code and code ",
      "available ",
      "our ",
      "using ",
      "e.g., ",
      "code: ",
    ])
      for (const end of ["", "x", "zq.", ":"]) {
        const before = times(piece, 240).slice(-240) + end;
        const time = timed(() => Array.from({ length: 100 }, () => relationOf(before)));
        expect(time, before.slice(-30)).toBeLessThan(MOST);
      }
  });

  test("are read for each of very many links", () => {
    const text = times("code is available code is found at https://a.bc ", 60_000);
    expect(timed(() => findLinks(text, "abstract"))).toBeLessThan(MOST * 3);
  });
});

describe("super-linear still:", () => {
  const size = 80_000;

  test.each<[string, () => unknown]>([
    // [a-z-]+ begins anew at every hyphen: the look-behind leaves hyphens out
    ["arXiv ids in a row of hyphens", () => arxivIn("-".repeat(size))],
    ["arXiv ids in words with hyphens", () => arxivIn(times("a-", size * 2))],
    // each shorter version number is tried, and all that follows is looked through for each
    ["a version number without end", () => arxivIn(`1234.12345v${"1".repeat(size * 2)}.1`)],
    // [.,;)\]}]+$ begins anew at every full stop
    ["full stops within a DOI", () => doiIn(`10.1234/${".".repeat(size)}x`)],
    // \s+and\s+ begins anew at every blank
    ["blanks between authors", () => arxivSnapshotRecord({ authors: `a${" ".repeat(size)}b` })],
    // putting accents in order takes the square of their number
    ["accents on one letter", () => cleanText(`a${"\u0301".repeat(size / 2)}${"\u0323".repeat(size / 2)}`)],
    // the code points before each link are counted from the beginning of the text
    ["links in one text", () => findLinks(times("https://a.bc ", size * 3), "abstract")],
  ])("%s", (_what, work) => {
    expect(timed(work)).toBeLessThan(MOST);
  });
});
