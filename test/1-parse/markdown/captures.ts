import fc from "fast-check";
import type { FoundPaper, Item } from "../../../pipeline/1-parse/layout.ts";
import { ABSTRACT, cutAnywhere, OTHER_ABSTRACT, OTHER_TITLE, TITLE } from "../layouts.ts";

export const ID = "2503.00001";
export const OTHER_ID = "2503.00002";
export const page = (id: string) => `https://huggingface.co/papers/${id}`;

/** Lines as captured Markdown and damaged captures have them. */
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      `### [${TITLE}](${page(ID)})`,
      `[${OTHER_TITLE}](/papers/${OTHER_ID} "hover")`,
      `### [${TITLE}][4]`,
      `[5]${OTHER_TITLE}`,
      `[**${TITLE}**\\\\`,
      `3 authors](${page(ID)})`,
      "### [A title that",
      `goes on](${page(OTHER_ID)})`,
      "[",
      `](/papers/${ID})`,
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(ABSTRACT, OTHER_ABSTRACT, `See [code](https://github.com/a/b). ${ABSTRACT}`),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "Mar 14",
      "Upvote 12",
      `[5](${page(ID)}#community)`,
      "* ![](https://a.bc/x.png)",
      "· 12 authors",
      "[Lab](https://huggingface.co/lab)",
      "[GitHub 1.2k](https://github.com/a/b)",
      "* * *",
      "---",
      "===",
      "## Company",
      "Title: Daily Papers",
      "References",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      `[4]: ${page(ID)} "t"`,
      "[5]:",
      `  ${page(OTHER_ID)}`,
      `   4. ${page(OTHER_ID)}`,
      "\\",
      ">",
      "# ",
      "- ",
    ),
  },
  { weight: 5, arbitrary: fc.constantFrom("", "", "", " ", "\t") },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'[]()!*_<>\\`#-=.:1a "{|~') }) },
);

const anyMarkdown = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n")), { maxLength: 60 })
  .map((lines) => lines.map(([text, end]) => text + end).join(""));

/** A capture, and the same capture cut anywhere. */
export const anyCut = cutAnywhere(anyMarkdown);

export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

const word = fc.constantFrom(
  ..."river stone owl drone lantern moss kettle x_i A* slow [v2] 3D (large) C++ & 50%".split(" "),
);
const words = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((each) => each.join(" "));
const sentence = words(6, 14).map((text) => `We find ${text} again.`);

/** Papers with ids of their own. */
export const anyPapers: fc.Arbitrary<Listed[]> = fc
  .array(
    fc.record({
      title: words(2, 24).map((text) => `On ${text} lately`),
      abstract: fc.array(sentence, { minLength: 4, maxLength: 9 }).map((each) => each.join(" ")),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((papers) => papers.map((paper, at) => ({ ...paper, id: `2503.${String(at + 1).padStart(5, "0")}` })));

/** The text with what Markdown would read as markup escaped. */
export const escaped = (text: string) => text.replace(/[\\*_[\]]/gu, "\\$&");

/** The text in lines of about so many characters. */
export function wrapped(text: string, width: number): string {
  const lines = [""];
  for (const each of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + each.length >= width) lines.push(each);
    else lines[lines.length - 1] = last === "" ? each : `${last} ${each}`;
  }
  return lines.join("\n");
}

export const papersOf = (items: readonly Item[]): FoundPaper[] =>
  items.filter((item) => item.kind === "paper");

/** What a reading says of each paper that the generated listings have. */
export const listed = (items: readonly Item[]) =>
  papersOf(items).map(({ title, abstract, facts }) => ({ id: facts.arxiv_id, title, abstract }));
