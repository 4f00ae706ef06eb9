import { describe, expect, test } from "vitest";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, TITLE } from "../layouts.ts";
import { CARD, card, kindsIn, papersIn, readPage } from "./pages.ts";

describe("a card", () => {
  test("is one paper, however often it links to it", () => {
    const page = `<main>
<article class="x">
  <a href="/papers/2603.00001"><img src="a.png"></a>
  <a href="/login?next=%2Fpapers%2F2603.00001"><svg><title>up</title></svg><div>1,042</div></a>
  <h3><a href="https://huggingface.co/papers/2603.00001?from=list#top">${TITLE}</a> <span>new</span></h3>
  <p>${ABSTRACT}</p>
  <a href="/papers/2603.00001#community"><svg></svg> 3</a> · 12 authors
  <a href="https://github.com/ada/stones">1.8k</a> <a href="https://github.com/ada/stones">code</a>
  <a href="/ada">Ada's Lab</a>
</article>
</main>`;
    expect(readPage(page)).toEqual([
      {
        kind: "paper",
        title: TITLE,
        abstract: ABSTRACT,
        facts: {
          id: "2603.00001",
          arxiv_id: "2603.00001",
          url: "https://huggingface.co/papers/2603.00001",
          upvotes: 1042,
          comments: 3,
          links: [{ url: "https://github.com/ada/stones", rule: "stated_by_site" }],
        },
        capturedLabel: null,
        issues: [],
        lineStart: 2,
        lineEnd: 10,
      },
    ]);
  });

  test.each([
    `<li><h2><a href="/papers/2603.00001">${TITLE}</a></h2></li>`,
    `<article><a href="/papers/2603.00001"><h4>${TITLE}</h4></a></article>`,
    `<ARTICLE><H1>1. <A HREF=/papers/2603.00001v2/>${TITLE}</A></H1></ARTICLE>`,
    `<h3><a href='//hf.co/papers/2603.00001'><b>Counting</b> River Stones<br>With <span>Pa</span>tient&nbsp;Drones</a></h3>`,
    `<h3><a href="/web/20260314000000/https://huggingface.co/papers/2603.00001">${TITLE}</a></h3>`,
    `<h3><a href="/papers/2603.00001">Counting River Stones</a> <a href="/papers/2603.00001">With Patient Drones</a></h3>`,
    `<h3><a href="/papers/2603.00001" href="/papers/2603.00002">${TITLE}</a></h3>`,
  ])("has a heading that links to its paper: %s", (page) => {
    expect(papersIn(page)).toMatchObject([{ title: TITLE, facts: { arxiv_id: "2603.00001" } }]);
  });

  test.each([
    ["no heading", `<article><a href="/papers/2603.00001">${TITLE}</a></article>`, ["title_missing"]],
    [
      "a picture for a title",
      `<article><h3><a href="/papers/2603.00001"><img alt="x"></a></h3>${ABSTRACT}</article>`,
      ["title_missing"],
    ],
    [
      "a link to elsewhere",
      `<article><h3><a href="/papers/trending">${TITLE}</a></h3></article>`,
      ["page_without_papers"],
    ],
    [
      "a link to another site",
      `<article><h3><a href="https://a.bc/papers/2603.00001">${TITLE}</a></h3></article>`,
      ["page_without_papers"],
    ],
  ])("with %s is no paper", (_what, page, kinds) => {
    expect(kindsIn(page)).toEqual(kinds);
  });

  test("without an article goes on to the next heading of its rank, to its container's end, or to the footer", () => {
    const [first, second, third] = papersIn(
      `<ul><li><h3><a href="/papers/2603.00001">${TITLE}</a></h3></li></ul><p>${ABSTRACT}</p>` +
        `<h3><a href="/papers/2603.00002">${OTHER_TITLE}</a></h3><h4>Abstract</h4><p>${OTHER_ABSTRACT}</p><h3>More</h3><p>${ABSTRACT}</p>` +
        `<h3><a href="/papers/2603.00003">Owls</a></h3><footer><p>${ABSTRACT}</p></footer>`,
    );
    expect(first).toMatchObject({ abstract: null, issues: ["abstract_missing"] });
    expect(second).toMatchObject({ abstract: OTHER_ABSTRACT });
    expect(third).toMatchObject({ abstract: null });
  });

  test("without an article is its heading and what follows, not the headings before it", () => {
    const page = `<h1>Papers</h1>\n<div>Home</div>\n<h3>1. <a href="/papers/2603.00001">${TITLE}</a></h3>`;
    expect(readPage(page)).toMatchObject([
      { name: "page_frame", lineStart: 1, lineEnd: 2 },
      { title: TITLE, lineStart: 3, lineEnd: 3 },
    ]);
  });

  test("in an article that holds the whole list is the inner article", () => {
    const page = `<article>\nPapers\n${CARD}\nand\n${card("2603.00002", OTHER_TITLE)}\n</article>`;
    expect(readPage(page)).toMatchObject([
      { name: "page_frame", lineStart: 1, lineEnd: 2 },
      { title: TITLE, lineStart: 3, lineEnd: 3 },
      { name: "page_frame", lineStart: 4, lineEnd: 4 },
      { title: OTHER_TITLE, lineStart: 5, lineEnd: 5 },
    ]);
  });

  test("in an element that holds several ends where the next paper's heading begins", () => {
    const [first, second] = papersIn(
      `<article>\n<h3><a href="/papers/2603.00001">${TITLE}</a></h3><p>${ABSTRACT}</p>\n<h3><a href="/papers/2603.00002">${OTHER_TITLE}</a></h3><p>${OTHER_ABSTRACT}</p></article>`,
    );
    expect(first).toMatchObject({ title: TITLE, abstract: ABSTRACT, lineStart: 1, lineEnd: 2 });
    expect(second).toMatchObject({ title: OTHER_TITLE, abstract: OTHER_ABSTRACT, lineStart: 3, lineEnd: 3 });
  });

  test("that the file's end cuts off says so", () => {
    expect(papersIn(`<article><h3><a href="/papers/2603.00001">${TITLE}</a></h3>`)[0]?.issues).toContain(
      "capture_cut",
    );
    expect(papersIn(CARD)[0]?.issues).toEqual([]);
  });

  test("shows the same paper again only as furniture", () => {
    expect(kindsIn(`${CARD}${CARD}`)).toEqual([TITLE, "repeated_card"]);
  });
});

describe("a card's abstract", () => {
  const withRest = (rest: string) => papersIn(card("2603.00001", TITLE, rest))[0];

  test("is its paragraph of real text, with inline tags joined and what nobody sees left out", () => {
    const rest = `<p>12 authors</p><p>A dr<em>one</em> that <!-- x --> hovers<script>var a = "<p>no</p>"</script><style>p{}</style><template>no</template> sees <code>every</code> stone &lt;here&gt;.</p>`;
    expect(withRest(rest)).toMatchObject({
      abstract: "A drone that hovers sees every stone <here>.",
      issues: [],
    });
  });

  test("may stand in a link to the paper", () => {
    expect(withRest(`<a href="/papers/2603.00001"><div>${ABSTRACT}</div></a>`)?.abstract).toBe(ABSTRACT);
    expect(withRest(`<a href="/papers/2603.00002"><div>${ABSTRACT}</div></a>`)?.abstract).toBeNull();
  });

  test("is not the title once more", () => {
    const link = `<a href="/papers/2603.00001">${TITLE}.</a>`;
    expect(papersIn(card("2603.00001", `${TITLE}.`, link))).toMatchObject([{ abstract: null }]);
  });

  test.each(["…", "..."])("that ends in %s is cut", (end) => {
    expect(withRest(`<p>${ABSTRACT.slice(0, 90)}${end}</p>`)?.issues).toEqual(["abstract_cut"]);
  });

  test("in several paragraphs is joined, and says so", () => {
    expect(withRest(`<p>${ABSTRACT}</p><p>${OTHER_ABSTRACT}</p>`)).toMatchObject({
      abstract: `${ABSTRACT} ${OTHER_ABSTRACT}`,
      issues: ["abstract_joined"],
    });
  });

  test.each([
    "",
    "<p>Published on Mar 14, 2026</p>",
    "<p>Thanks.</p>",
    "<p>Published on Mar 14, 2026 by the House of River Stones</p>",
    `<div>${ABSTRACT}</div>`,
  ])("is missing where no paragraph has real text: %s", (rest) => {
    expect(withRest(rest)).toMatchObject({ abstract: null, issues: ["abstract_missing"] });
  });
});

describe("a card's counts", () => {
  const factsOf = (rest: string) => papersIn(card("2603.00001", TITLE, rest))[0]?.facts;

  test.each<[string, number | null]>([
    ["<label><input type=checkbox><div>42</div></label>", 42],
    ["<button>Upvote <b>42</b></button>", 42],
    ['<a href="/login?next=%2Fpapers%2F2603.00001"><span>Upvote</span><span>42</span></a>', 42],
    ["<div>42 upvotes</div>", 42],
    ["<div>42 upvotes</div><div>3 comments</div>", 42],
    ["<label>0</label>", 0],
    ["<div>42</div>", null],
    ["<label>1.2k</label>", null],
    ["<label>42</label><button>43</button>", null],
    ['<a href="/login?next=%2Fpapers%2F2603.00002">42</a>', null],
    ["<p>42</p>", null],
    ["", null],
  ])("of votes are taken where it is plain what they count: %s is %s", (rest, upvotes) => {
    expect(factsOf(rest)?.upvotes).toBe(upvotes);
  });

  test.each<[string, number | null]>([
    ['<a href="/papers/2603.00001#community">3</a>', 3],
    ["<span>1 comment</span>", 1],
    ['<a href="/papers/2603.00001">3</a>', null],
    ['<a href="/papers/2603.00002#community">3</a>', null],
    ['<a href="/papers/2603.00001#community">Join</a>', null],
  ])("of comments too: %s is %s", (rest, comments) => {
    expect(factsOf(rest)?.comments).toBe(comments);
  });

  test.each([
    ["https://github.com/ada/stones", 1],
    ["https://web.archive.org/web/20260314/https://github.com/ada/stones", 1],
    ["https://github.com/login", 0],
    ["https://ada.example/stones", 0],
    ["javascript:alert(1)", 0],
    ["ftp://github.com/ada/stones", 0],
  ])("a link to %s gives %i repositories", (href, count) => {
    expect(factsOf(`<a href="${href}">1.8k</a>`)?.links).toHaveLength(count);
  });
});

describe("the day", () => {
  const labelOf = (before: string) => papersIn(`${before}${CARD}`)[0]?.capturedLabel;

  test.each<[string, string | null]>([
    ["<div>Mar 14</div>", "Mar 14"],
    ["<h2>\n March 14,\n 2026 </h2>", "March 14, 2026"],
    ['<time datetime="2026-03-14T00:00:00Z">Mar 14</time>', "2026-03-14"],
    ["<time>Mar 14</time>", "Mar 14"],
    ["<div>Mar 13</div><div>Mar 14</div>", "Mar 14"],
    ['<div>Mar 14</div><a href="/papers/date/2026-03-15">Mar 15</a>', "Mar 14"],
    ["<div>Stones of Mar 14</div>", null],
    ['<time datetime="2026-03-14">2 hours ago</time>', null],
    ["", null],
  ])("that %s shows is %s", (before, label) => {
    expect(labelOf(before)).toBe(label);
  });

  test("in a card is not the page's", () => {
    const page = `${card("2603.00001", TITLE, "<time>Mar 12</time>")}${card("2603.00002", OTHER_TITLE)}`;
    expect(papersIn(page).map((paper) => paper.capturedLabel)).toEqual([null, null]);
  });
});
