import { systemCode } from "../core/errors.ts";
import type { Stage, StageContext } from "../core/stage.ts";
import { cleanText } from "../core/text.ts";
import { detectLayout, HEAD_LENGTH } from "./detect.ts";
import type { Item, Layout } from "./layout.ts";
import type { Mention } from "./mention.ts";
import { mentionOf, type ParseConfig } from "./mention-of.ts";
import type { RejectReason } from "./rejects.ts";
import type { Source } from "./sources.ts";

type Context = StageContext<ParseConfig>;

const FOUND_LENGTH = 80;
/** Mentions between two words of progress. */
const TOLD_EVERY = 1_000;

function reject(
  context: Context,
  source: Source,
  reason: RejectReason,
  line: number | null,
  text: string,
): void {
  context.reject({ reason, file: source.name, line, found: cleanText(text.slice(0, FOUND_LENGTH)) });
}

/** A capture's text in pieces, a byte order mark left out. */
async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The beginning of a text, by which its layout is judged; what follows stays in the generator. */
async function readHead(text: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (head.length < HEAD_LENGTH) {
    const next = await text.next();
    if (next.done === true) break;
    head += next.value;
  }
  return head;
}

/** What keeps a file from being read at all, or the layout to read it by. */
function judge(start: string): Layout | RejectReason {
  const head = start.slice(0, HEAD_LENGTH);
  if (head.trim() === "") return "file_empty";
  if (head.includes("\0")) return "file_not_text";
  return detectLayout(head) ?? "layout_unknown";
}

async function* itemsOf(layout: Layout, head: string, rest: AsyncIterable<string>): AsyncGenerator<Item> {
  const reader = layout.open();
  yield* reader.write(head);
  for await (const text of rest) yield* reader.write(text);
  yield* reader.end();
}

async function* parseSource(source: Source, context: Context): AsyncGenerator<Mention> {
  const { tally } = context;
  const text = textOf(context.effects.open(source.path));
  const head = await readHead(text);
  const layout = judge(head);
  if (typeof layout === "string") {
    tally.read += 1;
    reject(
      context,
      source,
      layout,
      layout === "layout_unknown" ? 1 : null,
      layout === "layout_unknown" ? head : "",
    );
    return;
  }
  let position = 0;
  for await (const item of itemsOf(layout, head, text)) {
    tally.read += 1;
    if (item.kind === "furniture") tally.furniture[item.name] = (tally.furniture[item.name] ?? 0) + 1;
    else if (item.kind === "reject") reject(context, source, item.reason, item.lineStart, item.text);
    else {
      const mention = mentionOf(
        item,
        { source, format: layout.name, position: position + 1 },
        context.config,
      );
      if (mention === null) reject(context, source, "title_missing", item.lineStart, item.abstract ?? "");
      else {
        position += 1;
        yield mention;
      }
    }
  }
}

/**
 * Reads captures and gives one mention for each paper that they list. Every piece of every file is a mention, a kind
 * of furniture, or a reject that says where and why.
 */
export const parse: Stage<Source, Mention, ParseConfig> = {
  name: "1-parse",
  async *run(input, context) {
    const read = new Set<string>();
    let mentions = 0;
    for await (const source of input) {
      if (read.has(source.sha256)) {
        context.tally.read += 1;
        reject(context, source, "file_repeated", null, "");
        continue;
      }
      read.add(source.sha256);
      try {
        for await (const mention of parseSource(source, context)) {
          yield mention;
          mentions += 1;
          if (mentions % TOLD_EVERY === 0) context.effects.log.progress("1-parse", mentions, null);
        }
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
        context.tally.read += 1;
        reject(context, source, "file_unreadable", null, String(systemCode(error)));
      }
    }
  },
};
