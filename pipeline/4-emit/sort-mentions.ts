import { closeSync, openSync } from "node:fs";
import type { MentionRow } from "../../schemas/index.ts";
import { openLineWriter, readAt } from "../core/files.ts";
import { Growing } from "../core/growing.ts";
import { orderOfTexts } from "../core/text-order.ts";
import { Texts } from "../core/texts.ts";
import type { Findings, RowSource } from "./tables.ts";

function readRow(file: number, start: number, length: number): MentionRow {
  return JSON.parse(readAt(file, Buffer.allocUnsafe(length), start).toString("utf8")) as MentionRow;
}

/**
 * The mentions of all papers in the order of their ids, which is not that of the papers: written to a file once, and read
 * from there row by row, so that their ids and places alone are held.
 */
export async function sortMentions(papers: Findings["papers"], path: string): Promise<RowSource<MentionRow>> {
  const ids = new Texts();
  const starts = new Growing((length) => new Float64Array(length));
  starts.push(0);
  const writer = await openLineWriter(path);
  try {
    for await (const { paper_id, mentions } of papers.records())
      for (const mention of mentions) {
        const line = JSON.stringify({ ...mention, paper_id } satisfies MentionRow);
        await writer.write(line);
        ids.push(mention.mention_id);
        starts.push(starts.at(starts.length - 1) + Buffer.byteLength(line) + 1);
      }
  } finally {
    await writer.close();
  }
  const order = orderOfTexts(ids.length, (at) => ids.at(at));
  return function* () {
    const file = openSync(path, "r");
    try {
      for (const at of order) yield readRow(file, starts.at(at), starts.at(at + 1) - starts.at(at));
    } finally {
      closeSync(file);
    }
  };
}
