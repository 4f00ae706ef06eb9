import { closeSync, openSync } from "node:fs";
import type { MentionRow } from "../../schemas/index.ts";
import { openLineWriter, readRecordAt } from "../core/files.ts";
import { LineStarts } from "../core/line-starts.ts";
import { orderOfTexts } from "../core/text-order.ts";
import { Texts } from "../core/texts.ts";
import type { Findings, RowSource } from "./tables.ts";

/**
 * The mentions of all papers in the order of their ids, which is not that of the papers: written to a file once, and read
 * from there row by row, so that their ids and places alone are held.
 */
export async function sortMentions(papers: Findings["papers"], path: string): Promise<RowSource<MentionRow>> {
  const ids = new Texts();
  const lines = new LineStarts();
  const writer = await openLineWriter(path);
  try {
    for await (const { paper_id, mentions } of papers.records())
      for (const mention of mentions) {
        const line = JSON.stringify({ ...mention, paper_id } satisfies MentionRow);
        await writer.write(line);
        ids.push(mention.mention_id);
        lines.add([Buffer.byteLength(line) + 1]);
      }
  } finally {
    await writer.close();
  }
  const starts = lines.all();
  const order = orderOfTexts(ids.length, (at) => ids.at(at));
  return function* () {
    const file = openSync(path, "r");
    try {
      for (const at of order) {
        const start = starts[at] ?? 0;
        yield readRecordAt<MentionRow>(file, start, (starts[at + 1] ?? 0) - start);
      }
    } finally {
      closeSync(file);
    }
  };
}
