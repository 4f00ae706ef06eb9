import { describe, expect, test } from "vitest";
import { rolesOf } from "../../../pipeline/2-dedupe/profile/roles.ts";
import { wordsOf } from "../../../pipeline/2-dedupe/profile/text-forms.ts";

const roles = (title: string) => rolesOf(wordsOf(title));

describe("a title shows", () => {
  test.each([
    ["reply", "Reply to Quill: counting river stones"],
    ["reply", "Counting river stones: author's reply"],
    ["reply", "Counting river stones: authors' response"],
    ["reply", "Author reply: counting river stones"],
    ["reply", "Counting river stones: a rejoinder"],
    ["reply", "Response to 'Counting river stones'"],
    ["reply", "Counting river stones: rebuttal"],
    ["comment", "Comment on 'Counting river stones'"],
    ["comment", "Comments on counting river stones"],
    ["comment", "A commentary to counting river stones"],
    ["comment", "A note on counting river stones"],
    ["comment", "Some remarks about counting river stones"],
    ["comment", "Comment: counting river stones"],
    ["comment", "Counting river stones: brief comment"],
    ["erratum", "Erratum: counting river stones"],
    ["erratum", "Counting river stones (corrigendum)"],
    ["erratum", "Correction to counting river stones"],
    ["erratum", "RETRACTED: counting river stones"],
    ["erratum", "Retraction note for counting river stones"],
    ["erratum", "Withdrawn: counting river stones"],
    ["erratum", "Addendum to counting river stones"],
    ["review", "Counting river stones - book review"],
    ["review", "Review of 'Counting river stones'"],
    ["review", "Counting river stones, reviewed by Ada Quill"],
  ])("a %s: %s", (role, title) => {
    expect(roles(title)).toEqual([role]);
  });

  test.each([
    "Counting river stones",
    "Response times of stone counters",
    "How birds reply at night",
    "Commenting code that counts stones",
    "Peer review in river science",
    "A systematic review of stone counting",
    "Notes from a river",
    "",
  ])("no role: %s", (title) => {
    expect(roles(title)).toEqual([]);
  });

  test("two roles where it has two", () => {
    expect(roles("Erratum: reply to Quill")).toEqual(["reply", "erratum"]);
  });
});
