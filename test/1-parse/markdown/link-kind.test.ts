import { describe, expect, test } from "vitest";
import { linkKind } from "../../../pipeline/1-parse/markdown/link-kind.ts";

const kind = (words: string, target: string | null, inCard = true) =>
  linkKind({ kind: "link", words, target, number: null }, inCard);
const stated = (url: string) => ({
  kind: "stated_link",
  facts: { links: [{ url, rule: "stated_by_site" }] },
});

describe("a link that stands alone", () => {
  test("to a paper may be a title, unless its words are known", () => {
    expect(kind("Owls", "/papers/2503.00001")).toBeNull();
    expect(kind("Owls", null)).toBeNull();
    expect(kind("", "/papers/2503.00001")).toEqual({ kind: "paper_link" });
    expect(kind("12 authors", "/papers/2503.00001")).toEqual({ kind: "authors_count" });
  });

  test("to a discussion says how many comments there are, if it is a number", () => {
    expect(kind("5", "/papers/2503.00001#community")).toEqual({ kind: "comments", facts: { comments: 5 } });
    expect(kind("Talk", "/papers/2503.00001#community")).toEqual({ kind: "comments" });
  });

  test("to a repository or a project's page is stated by the site, in a card only", () => {
    expect(kind("GitHub 1.2k", "https://github.com/a/b")).toEqual(stated("https://github.com/a/b"));
    expect(kind("Project page", "https://a.bc/")).toEqual(stated("https://a.bc/"));
    expect(kind("GitHub", "https://github.com/a")).toEqual({ kind: "navigation" });
    expect(kind("GitHub 1.2k", "https://github.com/a/b", false)).toEqual({ kind: "navigation" });
  });

  test.each([
    ["Example Lab", "https://huggingface.co/example-lab", "organisation"],
    ["", "https://huggingface.co/example-lab", "image"],
    ["Models", "https://huggingface.co/models", "navigation"],
    ["arXiv", "https://arxiv.org/abs/2503.00001", "paper_link"],
    ["Mar 13", "/papers/date/2025-03-13", "navigation"],
    ["top", "#top", "navigation"],
  ])("%j to %s is of kind %s", (words, target, expected) => {
    expect(kind(words, target)).toEqual({ kind: expected });
  });
});
