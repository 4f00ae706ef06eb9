import fc from "fast-check";
import { expect, test } from "vitest";
import { sortMentions } from "../../pipeline/4-emit/sort-mentions.ts";
import { ownFolder } from "../support/folder.ts";
import { findingsOf, mentionOf, paperOf } from "./findings.ts";

const inFolder = ownFolder();

test("mentions come in the order of their ids with all they hold, each under its paper, as often as asked for", async () => {
  const anyId = fc.string({ unit: fc.constantFrom(..."abz09_é石"), minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.tuple(anyId, fc.nat(3)), { selector: ([id]) => id }), async (all) => {
      const papers = [0, 1, 2, 3].map((number) => {
        const mentions = all.flatMap(([mention_id, paper]) =>
          paper === number
            ? [{ ...mentionOf(number), mention_id, title_as_captured: `Stones of ${mention_id}` }]
            : [],
        );
        return paperOf(number, { mentions });
      });
      const expected = papers
        .flatMap(({ paper_id, mentions }) => mentions.map((row) => ({ ...row, paper_id })))
        .sort((a, b) => (a.mention_id < b.mention_id ? -1 : 1));
      const rows = await sortMentions(findingsOf(papers).papers, inFolder("mentions.jsonl"));
      expect(await Array.fromAsync(rows())).toEqual(expected);
      expect(await Array.fromAsync(rows())).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
