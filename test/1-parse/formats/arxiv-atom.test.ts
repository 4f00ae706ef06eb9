import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arxivAtom } from "../../../pipeline/1-parse/formats/arxiv-atom.ts";
import { expectSameInAnyPieces } from "../layout-laws.ts";
import { ABSTRACT, cutAnywhere, OTHER_TITLE, read, TITLE } from "../layouts.ts";

const readText = (...pieces: readonly string[]) => read(arxivAtom, ...pieces);
const papersIn = (text: string) => readText(text).filter((item) => item.kind === "paper");

const OPENING = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: all:stones</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
`;
const ENTRY = `  <entry>
    <id>http://arxiv.org/abs/2401.01234v2</id>
    <updated>2024-02-03T10:00:00Z</updated>
    <published>2024-01-02T18:59:59Z</published>
    <title>Counting River Stones
  With Patient Drones</title>
    <summary>${ABSTRACT}</summary>
    <author><name>Ada Quill</name><arxiv:affiliation>A School</arxiv:affiliation></author>
    <author><name>Göran Stein</name></author>
    <arxiv:doi>10.1234/RL.7</arxiv:doi>
    <link title="doi" href="http://dx.doi.org/10.1234/other" rel="related"/>
    <arxiv:comment>Code at https://github.com/example-lab/stones</arxiv:comment>
    <arxiv:journal_ref>River Letters 7 (2024)</arxiv:journal_ref>
    <link href="https://arxiv.org/abs/2401.01234v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="https://arxiv.org/pdf/2401.01234v2" rel="related" type="application/pdf"/>
    <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
`;
const FEED = `${OPENING}${ENTRY}</feed>\n`;
const entryOf = (inside: string) => `<entry>${inside}</entry>`;

describe("an answer of arXiv's API", () => {
  test("is read as the feed's head and papers with all that arXiv says of them", () => {
    expect(readText(FEED)).toEqual([
      { kind: "furniture", name: "feed_head", lineStart: 1, lineEnd: 4 },
      {
        kind: "paper",
        title: "Counting River Stones\n  With Patient Drones",
        abstract: ABSTRACT,
        facts: {
          id: "http://arxiv.org/abs/2401.01234v2",
          authors: ["Ada Quill", "Göran Stein"],
          arxiv_id: "2401.01234",
          doi: "10.1234/rl.7",
          published_on: "2024-01-02",
          year: 2024,
          venue: "River Letters 7 (2024)",
          volume: null,
          number: null,
          pages: null,
          url: "https://arxiv.org/abs/2401.01234v2",
          remarks: "Code at https://github.com/example-lab/stones",
          upvotes: null,
          comments: null,
          links: [],
        },
        capturedLabel: null,
        issues: [],
        lineStart: 5,
        lineEnd: 21,
      },
    ]);
  });

  test("may have any prefix before its elements' names", () => {
    const prefixed = FEED.replaceAll(/<(\/?)(feed|entry|id|title|summary|author|name|link)\b/gu, "<$1a:$2");
    expect(papersIn(prefixed)).toEqual(papersIn(FEED));
  });

  test("may be several answers in one file: each head is furniture, each entry a paper", () => {
    const items = readText(FEED, FEED);
    expect(items.map(({ kind }) => kind)).toEqual(["furniture", "paper", "furniture", "paper"]);
    expect(items.at(-1)).toMatchObject({ lineStart: 27, lineEnd: 43 });
  });

  test("may hold no entry: it is a head alone, whatever follows", () => {
    const head = { kind: "furniture", name: "feed_head" };
    expect(readText(`${OPENING}</feed>\n`, `${OPENING}</feed>`)).toEqual([
      { ...head, lineStart: 1, lineEnd: 5 },
      { ...head, lineStart: 6, lineEnd: 10 },
    ]);
  });

  test("has its DOI in a link where it has no element for it", () => {
    const doi = "10.1234/other";
    expect(papersIn(FEED.replace(/<arxiv:doi>.*\n/u, ""))).toMatchObject([{ facts: { doi } }]);
  });

  test("that is an error is a reject which says what arXiv said", () => {
    const error = "<id>http://arxiv.org/api/errors#bad</id><title>Error</title><summary>bad id</summary>";
    expect(readText(entryOf(error))).toMatchObject([
      { kind: "reject", reason: "service_error", text: "bad id" },
    ]);
  });

  test("may hold a paper whose title is Error", () => {
    const paper = "<id>http://arxiv.org/abs/2401.00001v1</id><title>Error</title>";
    expect(papersIn(entryOf(paper))).toMatchObject([{ title: "Error", issues: ["abstract_missing"] }]);
  });

  test("names authors, not others who have a name", () => {
    const people = "<contributor><name>Eve</name></contributor><author><name>Ada</name></author>";
    expect(papersIn(entryOf(`<title>${TITLE}</title>${people}`))).toMatchObject([
      { facts: { authors: ["Ada"] } },
    ]);
  });

  test("has a title of its own only directly in an entry", () => {
    const nested = `<source><title>Elsewhere</title></source><title>${TITLE}</title><title>Again</title>`;
    expect(papersIn(entryOf(nested))).toMatchObject([{ title: TITLE }]);
  });
});

describe("an answer that breaks off", () => {
  test("keeps the entry read so far, and says that it is cut", () => {
    const text = FEED.slice(0, FEED.indexOf(" hovers"));
    expect(papersIn(text)).toMatchObject([
      { abstract: "A drone that", issues: ["capture_cut"], lineStart: 5, lineEnd: 11 },
    ]);
  });

  test("before the entry's title gives a reject", () => {
    const text = FEED.slice(0, FEED.indexOf("<title>Counting"));
    expect(readText(text).at(-1)).toMatchObject({ kind: "reject", reason: "title_missing", lineStart: 5 });
  });

  test.each([
    ["by its feed's end", "</feed>\n"],
    ["by the next entry", ENTRY],
    ["by the next feed", FEED],
  ])("is known %s too, and takes nothing from what follows", (_how, rest) => {
    const cut = `${entryOf("").slice(0, 7)}<title>${OTHER_TITLE}`;
    const papers = papersIn(`${OPENING}${cut}\n${rest}`);
    expect(papers[0]).toMatchObject({
      issues: ["abstract_missing", "capture_cut"],
      lineStart: 5,
      lineEnd: 5,
    });
    expect(papers.slice(1)).toMatchObject(
      rest.includes("<entry>") ? [{ abstract: ABSTRACT, issues: [] }] : [],
    );
  });
});

describe("what XML allows and nobody should trust", () => {
  test("the five references of XML and numbers are decoded, any other stays as it stands", () => {
    const title = "A &lt; B &amp; C &#961; &#x3c1; &owl; &eacute;";
    expect(papersIn(entryOf(`<title>${title}</title>`))).toMatchObject([
      { title: "A < B & C ρ ρ &owl; &eacute;" },
    ]);
  });

  test("entities that a document defines are not expanded, so that they cannot grow", () => {
    const names = Array.from({ length: 40 }, (_, at) => `lol${at}`);
    const rules = names.map((name, at) => `<!ENTITY ${name} "${`&lol${at - 1};`.repeat(10)}">`).join("\n");
    const bomb = `<!DOCTYPE feed [\n${rules}\n]>\n<feed>${entryOf("<title>&lol39;</title>")}</feed>`;
    const start = performance.now();
    expect(papersIn(bomb)).toMatchObject([{ title: "&lol39;" }]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("CDATA is text", () => {
    expect(papersIn(entryOf("<title><![CDATA[a <b> & c]]></title>"))).toMatchObject([{ title: "a <b> & c" }]);
  });
});

describe("of hostile text", () => {
  const megabytes = (count: number) => "x".repeat(count << 20);
  test.each([
    [
      "an entry of more than 16 MiB",
      `${entryOf(`<title>a</title><b>${megabytes(17)}</b>`)}`,
      "entry_invalid",
    ],
    ["markup without end", `<feed><!-- ${megabytes(17)}`, "entry_invalid"],
    ["an attribute without end", `<feed a="${megabytes(17)}`, "entry_invalid"],
    ["elements in elements", "<a>".repeat(200_000) + "</b>".repeat(200_000), "entry_invalid"],
    ["unknown ends", `<feed>${"</b>".repeat(1_000_000)}${entryOf("")}`, "title_missing"],
    ["entries in entries", "<entry>".repeat(999), "title_missing"],
  ])("%s ends in a reject within seconds", (_what, text, reason) => {
    const start = performance.now();
    const pieces = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, at) =>
      text.slice(at * 65_536, (at + 1) * 65_536),
    );
    expect(readText(...pieces).at(-1)).toMatchObject({ kind: "reject", reason });
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  test("the entry after one that is too long is read", () => {
    const items = readText(entryOf(`<b>${megabytes(17)}</b>`), entryOf(`<title>${TITLE}</title>`));
    expect(items).toMatchObject([{ kind: "reject" }, { kind: "paper", title: TITLE }]);
  });
});

describe("of any text", () => {
  const piece = fc.constantFrom(
    ...["<feed>", "</feed>", "<entry>", "</entry>", "<title>", "</title>", "<summary>", "</summary>", "<id>"],
    ...["</id>", "<author>", "<name>", "</name>", "</author>", '<link rel="alternate" href="https://a.bc"/>'],
    ...[
      "\n",
      "\n",
      " ",
      "A stone",
      "&amp;",
      "&#961;",
      "&owl;",
      "&",
      "<",
      ">",
      "/",
      "<!--",
      "-->",
      "<![CDATA[",
    ],
    ...["]]>", "<?xml", "?>", "<!DOCTYPE x [", '"', "😀", "\r\n", OPENING, ENTRY],
  );
  const anyFeed = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readText, cutAnywhere(anyFeed), 500);
  });

  test("items are in order, and none ends before it begins", () => {
    fc.assert(
      fc.property(anyFeed, (text) => {
        const items = readText(text);
        expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
        for (const { lineStart, lineEnd } of items) expect(lineEnd).toBeGreaterThanOrEqual(lineStart);
      }),
      { numRuns: 500 },
    );
  });
});

test("damaged markup is read alike wherever a piece ends within it", () => {
  expect(readText("<", "/<?xml ")).toEqual(readText("</<?xml "));
});

describe("the layout", () => {
  test.each([
    ["with a prolog", FEED],
    ["with a prefix", '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:id>http://arxiv.org/api/1</a:id>'],
    ["after white space", `\n ${FEED}`],
  ])("is recognised %s", (_how, head) => {
    expect(arxivAtom.recognises(head)).toBe(true);
  });

  test.each([
    ["another site's feed", FEED.replaceAll("arxiv.org", "example.org")],
    ["a page that shows a feed", `<!DOCTYPE html><html>${FEED}`],
    ["a feed that is no Atom", FEED.replace("2005/Atom", "2005/Other")],
    ["XML that is no feed", FEED.replaceAll("feed", "food")],
    ["text that quotes a feed", `A feed: ${FEED}`],
    ["nothing", ""],
  ])("is not recognised in %s", (_what, head) => {
    expect(arxivAtom.recognises(head)).toBe(false);
  });
});
