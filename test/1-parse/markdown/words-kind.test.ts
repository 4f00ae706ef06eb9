import { describe, expect, test } from "vitest";
import { wordsKind } from "../../../pipeline/1-parse/markdown/words-kind.ts";

describe("words in a card are known by their form", () => {
  test.each([
    ["·", { kind: "separator" }],
    ["](/papers/1", { kind: "separator" }],
    ["23", { kind: "count" }],
    ["1.2k", { kind: "count" }],
    ["+ 4", { kind: "count" }],
    ["1.", { kind: "count" }],
    ["· 12 authors", { kind: "authors_count" }],
    ["Upvote", { kind: "votes" }],
    ["Upvote 1,204", { kind: "votes", facts: { upvotes: 1204 } }],
    ["7 upvotes", { kind: "votes", facts: { upvotes: 7 } }],
    ["5 comments", { kind: "comments", facts: { comments: 5 } }],
    ["Submitted by ada", { kind: "submitter" }],
    ["Published on Mar 14", { kind: "published" }],
    ["Published on Mar 14, 2025", { kind: "published", facts: { published_on: "2025-03-14", year: 2025 } }],
    ["Published on Feb 30, 2025", { kind: "published" }],
    ["Mar 14", { kind: "day", day: "Mar 14" }],
    ["Daily Papers for Mar 14, 2025", { kind: "day", day: "Mar 14, 2025" }],
    ["avatar.png", { kind: "image" }],
    ["Visible links", { kind: "link_target" }],
    ["© 2025 Owls", { kind: "navigation" }],
    ["View paper", { kind: "paper_link" }],
    ["arXiv Page", { kind: "paper_link" }],
    ["new", { kind: "badge" }],
  ])("%s", (words, classified) => {
    expect(wordsKind(words)).toEqual(classified);
  });

  test.each([
    "Owls",
    "3 owls",
    "Upvote 1.2k",
    "12 authors and more",
    "Paper trails",
    "Submitted to owls",
    "Daily papers of the owl",
    "Mar 14 was cold",
    `${"· ".repeat(60)}12 authors`,
    `Submitted by ${"a".repeat(100)}`,
  ])("but %s says nothing", (words) => {
    expect(wordsKind(words)?.facts).toBeUndefined();
    if (words !== "Upvote 1.2k") expect(wordsKind(words)).toBeNull();
  });
});
