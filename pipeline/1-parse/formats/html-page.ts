import { Card } from "../html/card.ts";
import { ShownDay } from "../html/day.ts";
import { pageData } from "../html/page-data.ts";
import { grown, parted } from "../html/sample.ts";
import { OpenElements, rankOf } from "../html/slots.ts";
import { type Attributes, HtmlWalker, type Lines, type PageHandler } from "../html/walk.ts";
import type { Item, Layout, LayoutReader } from "../layout.ts";

/** Elements that hold a card or a list of cards as a whole. */
const CONTAINERS = new Set(["article", "body", "li", "main", "section", "tr"]);
/** Elements that are never part of a card without an element of its own. */
const FRAMES = new Set(["aside", "footer", "nav"]);

interface Frame {
  readonly lineStart: number;
  lineEnd: number;
  sample: string;
}

/** Turns a page's tags and text into papers, its data for scripts first, and names all other text as its frame. */
class HtmlPageReader implements LayoutReader, PageHandler {
  private readonly walker = new HtmlWalker(this);
  private readonly elements = new OpenElements();
  private readonly day = new ShownDay();
  private readonly found: Item[] = [];
  /** Identifiers of the papers given so far. */
  private readonly given = new Set<string>();
  private containers = 0;
  private card: Card | null = null;
  private frame: Frame | null = null;
  private hasGiven = false;

  *write(text: string): Generator<Item> {
    this.walker.write(text);
    yield* this.found.splice(0);
  }

  *end(): Generator<Item> {
    if (this.card !== null && this.card.rank === null) this.card.isCut = true;
    this.walker.end();
    this.endCard();
    const { damage, lastLine } = this.walker;
    if (!this.hasGiven && damage === null) {
      const { lineStart = 1, sample: text = "" } = this.frame ?? {};
      this.found.push({ kind: "reject", reason: "page_without_papers", text, lineStart, lineEnd: lastLine });
    } else this.endFrame();
    if (damage !== null)
      this.found.push({ kind: "reject", reason: "markup_unreadable", ...damage, lineEnd: lastLine });
    yield* this.found.splice(0);
  }

  open(name: string, attributes: Attributes, lines: Lines): void {
    const { items, day } = pageData(attributes, this.day.label, lines);
    if (items.length > 0) this.endCard();
    if (day !== null) this.day.state(day);
    for (const item of items) this.give(item);
    if (CONTAINERS.has(name)) this.containers += 1;
    this.endBefore(name);
    this.tag(name, attributes);
    if (name === "article" && this.card === null)
      this.card = new Card(lines.lineStart, this.containers, null);
    const rank = rankOf(name);
    if (rank !== null) this.card ??= new Card(lines.lineStart, this.containers, rank);
    const paper = this.elements.open(name, attributes, lines.lineStart);
    if (paper !== null) this.beginPaper(paper);
    if (name === "a" && this.elements.link !== null) this.card?.addLink(this.elements.link);
  }

  text(text: string, lines: Lines): void {
    if (this.isOutside() && this.elements.link === null) this.day.text(text);
    if (this.card === null) this.addToFrame(text, lines);
    else this.card.addText(text, this.elements.current(), lines);
  }

  close(name: string, line: number): void {
    this.tag(name, null);
    this.elements.close(name);
    if (rankOf(name) !== null && this.isOutside()) this.endCard();
    if (!CONTAINERS.has(name)) return;
    this.containers -= 1;
    if (this.card === null || this.containers >= this.card.containers) return;
    if (this.card.rank === null) this.card.lineEnd = line;
    this.endCard();
  }

  private tag(name: string, attributes: Attributes | null): void {
    this.card?.addTag();
    if (this.frame !== null) this.frame.sample = parted(this.frame.sample);
    if (this.isOutside()) this.day.tag(name, attributes);
  }

  /** Whether what comes is the page's own: no card is open, or a heading's that has not linked to a paper yet. */
  private isOutside(): boolean {
    return this.card === null || (this.card.rank !== null && this.card.id === null);
  }

  /** Ends the card that cannot go on where this element opens. */
  private endBefore(name: string): void {
    if (this.card === null) return;
    const rank = rankOf(name);
    const isPast =
      this.card.rank === null
        ? name === "article" && this.card.id === null
        : FRAMES.has(name) || name === "article" || (rank !== null && rank <= this.card.rank);
    if (isPast) this.endCard();
  }

  private beginPaper(id: string): void {
    const { heading } = this.elements;
    if (heading === null || this.card?.id === id) return;
    if (this.card !== null && this.card.id !== null) this.endCard();
    this.card ??= new Card(heading.lineStart, this.containers, heading.rank);
    this.card.id = id;
  }

  private endCard(): void {
    const { card } = this;
    if (card === null) return;
    this.card = null;
    const item = card.item(this.day.label);
    if (item === null) {
      if (card.sample !== "") this.addToFrame(card.sample, card);
    } else if (item.kind === "paper" && card.id !== null && this.given.has(card.id)) {
      const { lineStart, lineEnd } = card;
      this.give({ kind: "furniture", name: "repeated_card", lineStart, lineEnd });
    } else this.give(item);
  }

  private addToFrame(text: string, { lineStart, lineEnd }: Lines): void {
    const isBlank = text.trim() === "";
    if (isBlank && this.frame === null) return;
    this.frame ??= { lineStart, lineEnd, sample: "" };
    if (!isBlank) this.frame.lineEnd = Math.max(this.frame.lineEnd, lineEnd);
    this.frame.sample = grown(this.frame.sample, text);
  }

  private endFrame(): void {
    if (this.frame === null) return;
    const { lineStart, lineEnd } = this.frame;
    this.frame = null;
    this.found.push({ kind: "furniture", name: "page_frame", lineStart, lineEnd });
  }

  private give(item: Item): void {
    this.endFrame();
    this.hasGiven = true;
    const id = item.kind === "paper" ? (item.facts.arxiv_id ?? item.facts.id ?? null) : null;
    if (id !== null) this.given.add(id);
    this.found.push(item);
  }
}

const COMMENTS = /^(?:\s|<!--(?:[^-]|-(?!->))*-->)*/u;
const DOCUMENT = /^<(?:!doctype\s+html|html)(?=[\s>])/iu;
/** Feeds and other XML, and declarations of other documents. */
const OTHER_MARKUP = /^<(?:\?|!|feed|rss|rdf)/iu;
const LISTING =
  /data-target\s*=\s*["']?DailyPapers|(?:"|&quot;|&#34;)dailyPapers|href\s*=\s*["']?[^"'\s>]{0,200}\/papers\/\d{4}\.\d{4,5}/iu;

/**
 * A saved page of the listing, or a part of one. Any whole HTML document is read as such, for what tells a listing may
 * stand far behind its head; one that turns out to hold no paper says so.
 */
export const htmlPage: Layout = {
  name: "html_page",
  recognises: (head) => {
    const start = head.replace(COMMENTS, "");
    if (DOCUMENT.test(start)) return true;
    return /^<[a-z]/iu.test(start) && !OTHER_MARKUP.test(start) && LISTING.test(head);
  },
  open: () => new HtmlPageReader(),
};
