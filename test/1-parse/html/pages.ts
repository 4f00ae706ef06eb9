import fc from "fast-check";
import { htmlPage } from "../../../pipeline/1-parse/formats/html-page.ts";
import type { Item } from "../../../pipeline/1-parse/layout.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, read, TITLE } from "../layouts.ts";

/** What the layout makes of a page that arrives in these pieces. */
export const readPage = (...pieces: readonly string[]): Item[] => read(htmlPage, ...pieces);
export const papersIn = (...pieces: readonly string[]) =>
  readPage(...pieces).flatMap((item) => (item.kind === "paper" ? [item] : []));
/** One word for each item: a paper's title, a reject's reason, furniture's name. */
export const kindsIn = (...pieces: readonly string[]) =>
  readPage(...pieces).map((item) =>
    item.kind === "furniture" ? item.name : item.kind === "reject" ? item.reason : item.title,
  );

export const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
export const PAPER = {
  id: "2603.00001",
  title: TITLE,
  summary: ABSTRACT,
  authors: [{ name: "Ada Quill" }],
  publishedAt: "2026-03-12T17:59:59.000Z",
  upvotes: 7,
  githubRepo: "https://github.com/ada/stones",
};
export const OTHER = { ...PAPER, id: "2603.00002", title: OTHER_TITLE, summary: OTHER_ABSTRACT };
/** A component with its data. */
export const dataOf = (data: unknown, target = "DailyPapers") =>
  `<div class="SVELTE_HYDRATER" data-target="${target}" data-props="${escaped(JSON.stringify(data))}"></div>`;
export const daily = (...papers: readonly object[]) => ({
  dailyPapers: papers.map((paper) => ({ paper, numComments: 2 })),
});
/** A card as the listing shows one, with more in it. */
export const card = (id: string, title: string, rest = "") =>
  `<article><h3><a href="/papers/${id}">${title}</a></h3>${rest}</article>`;
export const CARD = card("2603.00001", TITLE, `<p>${ABSTRACT}</p>`);

/** Parts of pages, whole and broken. */
const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      CARD,
      card("2603.00002", OTHER_TITLE),
      dataOf(daily(PAPER)),
      `<h3>1. <a href="/papers/2603.00003">Owls &amp; Stones</a></h3>`,
      `<p>${OTHER_ABSTRACT}</p>`,
      "<nav>Home</nav>",
      "<div>Mar 14</div>",
      "<label>42</label>",
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom("\n", " ", "\r\n", "word", "&nbsp;", "&copy", "😀") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "<article>",
      "</article>",
      "<li>",
      "</li>",
      "<div>",
      "</div>",
      "</p>",
      "<br/>",
      "<svg>",
      "</svg>",
      "<footer>",
      "</main>",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("<", "<!--", "-->", "<script>", "</script>", '<a href="', "'", "\0", "\ufeff"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);
/** A page of such parts. */
export const anyPage = fc.array(part, { maxLength: 25 }).map((parts) => parts.join(""));
