import type { Mention, PaperFacts } from "../../1-parse/mention.ts";
import { readLines, type Slice } from "../lines/line-slices.ts";
import { mergeFacts } from "../merge.ts";
import { firstChoice } from "../names/ids.ts";
import { profileOf } from "../profile/profile.ts";
import { type Batch, BatchWriter } from "../store/batch.ts";

/** What a slice of mentions is compared by. */
export interface PackedSlice {
  readonly batch: Batch;
  /** How many bytes each mention's line has with its line feed. */
  readonly lengths: Int32Array;
  /** The id that each would like to have as a work of its own, one behind the other. */
  readonly ids: string;
  /** What each says of its paper, as lines of JSON, and how many bytes each line has: all but the abstract. */
  readonly facts: Uint8Array;
  readonly factLengths: Int32Array;
}

/** What a work is named by. A name follows from few of the facts; abstracts are most of their bytes. */
function namingFacts(mention: Mention): PaperFacts {
  const { title, authors, arxiv_id, doi, published_on, year, venue, url } = mention;
  return { title, abstract: null, authors, arxiv_id, doi, published_on, year, venue, url };
}

/** Reads the mentions of a slice and packs what of them is compared. */
export function packSlice(slice: Slice): PackedSlice {
  const { bytes, starts } = readLines(slice);
  // one of its own: nothing is left in it where a line before could not be read
  const writer = new BatchWriter();
  const lengths = new Int32Array(starts.length - 1);
  const factLengths = new Int32Array(lengths.length);
  const [ids, facts]: [string[], string[]] = [[], []];
  for (let line = 0; line < lengths.length; line += 1) {
    const [from = 0, to = 0] = [starts[line], starts[line + 1]];
    const mention = JSON.parse(bytes.toString("utf8", from, to)) as Mention;
    lengths[line] = to - from;
    writer.add(profileOf(mention));
    const known = namingFacts(mention);
    ids.push(firstChoice(mergeFacts([known])));
    const text = `${JSON.stringify(known)}\n`;
    factLengths[line] = Buffer.byteLength(text);
    facts.push(text);
  }
  return {
    batch: writer.take(),
    lengths,
    ids: ids.join(""),
    facts: Buffer.from(facts.join("")),
    factLengths,
  };
}
