import type { IssueCode } from "../../schemas/vocabularies.ts";
import type { Stage, StageContext } from "../core/stage.ts";
import { cleanText } from "../core/text.ts";
import { detectLayout, HEAD_LENGTH } from "./detect.ts";
import { type FileAccount, FileTally } from "./file-account.ts";
import { isWrappedListing } from "./formats/text-bare-lines.ts";
import { CaptureText } from "./input/capture-text.ts";
import type { Source } from "./input/sources.ts";
import type { FoundPaper, Item, Layout } from "./layout.ts";
import { LONGEST_LINE } from "./lines.ts";
import type { Mention } from "./mention.ts";
import { mentionOf, type ParseConfig } from "./mention-of.ts";
import type { RejectReason } from "./rejects.ts";

type Context = StageContext<ParseConfig>;

const FOUND_LENGTH = 80;
/** Pieces between two words of progress. */
const TOLD_EVERY = 1_000;

/**
 * The beginning of a text, by which its layout is judged, with the number of blank characters that it begins with; what
 * follows stays in the generator.
 */
async function readHead(text: AsyncGenerator<string>): Promise<{ head: string; blanks: number }> {
  let head = "";
  let blanks = 0;
  while (head.length - blanks < HEAD_LENGTH && blanks < LONGEST_LINE) {
    const next = await text.next();
    if (next.done === true) break;
    if (blanks === head.length) blanks += next.value.length - next.value.trimStart().length;
    head += next.value;
  }
  return { head, blanks };
}

/** What keeps a file from being read at all, or the layout to read it by. */
function judge(begin: string): Layout | RejectReason {
  const head = begin.slice(0, HEAD_LENGTH);
  if (head.trim() === "") return "file_empty";
  if (head.includes("\0")) return "file_not_text";
  return detectLayout(head) ?? (isWrappedListing(head) ? "lines_wrapped" : "layout_unknown");
}

const withIssue = (paper: FoundPaper, issue: IssueCode): FoundPaper =>
  paper.issues.includes(issue) ? paper : { ...paper, issues: [...paper.issues, issue] };

/** The items of a capture. Of one that breaks off, the paper that is open then is kept, and says so. */
async function* itemsOf(layout: Layout, head: string, rest: AsyncIterable<string>, text: CaptureText) {
  const reader = layout.open();
  yield* reader.write(head);
  for await (const piece of rest) yield* reader.write(piece);
  const last = [...reader.end()];
  const cut = text.interruption === null ? -1 : last.findLastIndex((item) => item.kind === "paper");
  for (const [at, item] of last.entries())
    yield at === cut && item.kind === "paper" ? withIssue(item, "capture_cut") : item;
}

const isAscii = (text: string) => /^[\0-\x7f]*$/u.test(text);

/** In text whose encoding had to be guessed, letters outside ASCII are in doubt. */
function withDoubts(paper: FoundPaper, { encoding }: CaptureText): FoundPaper {
  const isCertain = encoding !== "windows-1252" || isAscii(`${paper.title}${paper.abstract ?? ""}`);
  return isCertain ? paper : withIssue(paper, "encoding_guessed");
}

/** What becomes of one file's pieces: counted for the file and for the stage. */
class FileReading {
  private readonly tally = new FileTally();
  private position = 0;
  private readonly source: Source;
  private readonly context: Context;

  constructor(source: Source, context: Context) {
    this.source = source;
    this.context = context;
  }

  async *mentions(): AsyncGenerator<Mention, FileAccount> {
    const text = new CaptureText(this.context.effects.open(this.source.path), this.source.size);
    const pieces = text.pieces();
    const { head, blanks } = await readHead(pieces);
    const layout = judge(head.slice(blanks));
    if (typeof layout === "string") {
      await pieces.return(undefined);
      const { reason, found } = text.interruption ?? {
        reason: layout,
        found: layout === "layout_unknown" ? head : "",
      };
      return this.refuse(reason, found, text);
    }
    for await (const item of itemsOf(layout, head, pieces, text)) {
      this.countRead();
      const mention = this.take(item, layout, text);
      if (mention !== null) yield mention;
    }
    if (text.interruption !== null) {
      this.countRead();
      this.reject(text.interruption.reason, null, text.interruption.found);
    }
    return this.tally.account(this.source, layout.name, text);
  }

  /** The account of a file that is rejected as a whole. */
  refuse(reason: RejectReason, found: string, text: CaptureText | null): FileAccount {
    this.countRead();
    this.reject(reason, reason === "layout_unknown" ? 1 : null, found);
    return this.tally.account(this.source, null, text);
  }

  private countRead(): void {
    const { tally, effects } = this.context;
    this.tally.countRead();
    tally.read += 1;
    if (tally.read % TOLD_EVERY === 0) effects.log.progress("1-parse", tally.read, null);
  }

  private reject(reason: RejectReason, line: number | null, text: string): void {
    this.tally.countRejected(reason);
    const found = cleanText(text.slice(0, FOUND_LENGTH));
    this.context.reject({ reason, file: this.source.name, line, found });
  }

  private take(item: Item, layout: Layout, text: CaptureText): Mention | null {
    if (item.kind === "furniture") {
      this.tally.countFurniture(item.name);
      this.context.tally.furniture[item.name] = (this.context.tally.furniture[item.name] ?? 0) + 1;
      return null;
    }
    if (item.kind === "reject") {
      this.reject(item.reason, item.lineStart, item.text);
      return null;
    }
    const place = { source: this.source, format: layout.name, position: this.position + 1 };
    const mention = mentionOf(withDoubts(item, text), place, this.context.config);
    if (mention === null) {
      this.reject("title_missing", item.lineStart, item.abstract ?? "");
      return null;
    }
    this.position += 1;
    this.tally.countWritten();
    return mention;
  }
}

/**
 * Reads captures and gives one mention for each paper that they list. Every piece of every file is a mention, a kind
 * of furniture, or a reject that says where and why; the account of each file is noted as `files`.
 */
export const parse: Stage<Source, Mention, ParseConfig> = {
  name: "1-parse",
  async *run(input, context) {
    const firstNames = new Map<string, string>();
    const files: FileAccount[] = [];
    for await (const source of input) {
      const reading = new FileReading(source, context);
      const first = firstNames.get(source.sha256);
      if (first === undefined) {
        const account = yield* reading.mentions();
        files.push(account);
        // a copy of what could not be read may still be
        if (account.written > 0 || account.rejected["file_unreadable"] === undefined)
          firstNames.set(source.sha256, source.name);
      } else files.push(reading.refuse("file_repeated", `same as ${first}`, null));
    }
    context.note("files", files);
  },
};
