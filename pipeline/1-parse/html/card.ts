import type { IssueCode } from "../../../schemas/vocabularies.ts";
import { cleanText } from "../../core/text.ts";
import { blockLook } from "../blocks.ts";
import type { FoundPaper, FoundReject } from "../layout.ts";
import { pageOf } from "../listing-site.ts";
import type { PageLink } from "./addresses.ts";
import { grown, parted } from "./sample.ts";
import type { Slot } from "./slots.ts";
import type { Lines } from "./walk.ts";

/** All the text of a card may be as long as one tag may. */
const LONGEST_CARD = 1 << 24;
const LONGEST_COUNT = 40;
/** A summary has at least a sentence; without a sentence's end it must be long. */
const SHORTEST_ABSTRACT = 40;
const SHORTEST_WITHOUT_END = 120;

const COUNT = /^(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})$/u;
const VOTES = /^(?:upvotes?:? ?)?([\d,]{1,12})(?: (?:up)?votes?)?$/iu;
const COMMENTS = /^([\d,]{1,12})(?: comments?)?$/iu;
const WORDED = /vote|comment/iu;

const textIn = (slot: Slot): string => cleanText(slot.text);

function isAbstract(text: string): boolean {
  return (
    text.length >= SHORTEST_WITHOUT_END || (text.length >= SHORTEST_ABSTRACT && blockLook(text) !== "title")
  );
}

/** The one number that runs say in this form; null where they say none, or several. */
function countIn(slots: readonly Slot[], form: RegExp): number | null {
  const numbers = new Set(
    slots.flatMap((slot) => {
      const digits = COUNT.exec(form.exec(textIn(slot))?.[1] ?? "")?.[0];
      return digits === undefined ? [] : [Number(digits.replaceAll(",", ""))];
    }),
  );
  return numbers.size === 1 ? ([...numbers][0] ?? null) : null;
}

/** What a page shows of one paper, gathered run by run. */
export class Card {
  readonly lineStart: number;
  /** How many containers were open around its content when it began: it ends with the last of them. */
  readonly containers: number;
  /** The rank of the heading that it begins with; null: an article, which ends with its own tag. */
  readonly rank: number | null;
  /** The paper of its heading. */
  id: string | null = null;
  lineEnd: number;
  /** Whether the file ends before the card does. */
  isCut = false;
  sample = "";
  private readonly slots = new Set<Slot>();
  private readonly repositories = new Set<string>();
  private hasPaperLink = false;
  private size = 0;

  constructor(lineStart: number, containers: number, rank: number | null) {
    this.lineStart = lineStart;
    this.lineEnd = lineStart;
    this.containers = containers;
    this.rank = rank;
  }

  addLink(link: PageLink): void {
    if (link.kind === "paper") this.hasPaperLink = true;
    if (link.kind === "repository" && this.grow(link.url)) this.repositories.add(link.url);
  }

  addText(text: string, slot: Slot, lines: Lines): void {
    if (text.trim() !== "") this.lineEnd = Math.max(this.lineEnd, lines.lineEnd);
    this.sample = grown(this.sample, text);
    if (!this.grow(text)) return;
    slot.text += text;
    this.slots.add(slot);
  }

  /** A tag parts words in the sample. */
  addTag(): void {
    this.sample = parted(this.sample);
  }

  /** The paper that the card shows, why it shows none, or null where it is no card of a paper at all. */
  item(capturedLabel: string | null): FoundPaper | FoundReject | null {
    const { id, lineStart, lineEnd } = this;
    const reject = { kind: "reject", text: this.sample, lineStart, lineEnd } as const;
    if (this.size > LONGEST_CARD) return { ...reject, reason: "markup_unreadable" };
    const title = this.of("title")
      .map(textIn)
      .find((text) => text !== "");
    if (id === null || title === undefined)
      return this.hasPaperLink && this.sample !== "" ? { ...reject, reason: "title_missing" } : null;
    const abstracts = this.abstracts(title);
    const text = abstracts.join(" ");
    const issues: IssueCode[] = [];
    if (text === "") issues.push("abstract_missing");
    if (abstracts.length > 1) issues.push("abstract_joined");
    if (/(?:…|\.\.\.)$/u.test(text)) issues.push("abstract_cut");
    if (this.isCut) issues.push("capture_cut");
    return {
      kind: "paper",
      title,
      abstract: text === "" ? null : text,
      facts: {
        id,
        arxiv_id: id,
        url: pageOf(id),
        upvotes: this.upvotes(id),
        comments: this.comments(id),
        links: [...this.repositories].map((url) => ({ url, rule: "stated_by_site" })),
      },
      capturedLabel,
      issues,
      lineStart,
      lineEnd,
    };
  }

  /** Paragraphs of real text; where there is none, the text of a link to the paper. */
  private abstracts(title: string): string[] {
    const paragraphs = this.of("paragraph").map(textIn).filter(isAbstract);
    if (paragraphs.length > 0) return [...new Set(paragraphs)];
    const linked = this.of("link").filter(({ link }) => link?.kind === "paper" && link.id === this.id);
    return linked
      .map(textIn)
      .filter((text) => text !== title && isAbstract(text))
      .slice(0, 1);
  }

  private upvotes(id: string): number | null {
    const votes = this.of("link").filter(({ link }) => link?.kind === "vote" && link.id === id);
    return countIn([...votes, ...this.of("control"), ...this.worded()], VOTES);
  }

  private comments(id: string): number | null {
    const linked = this.of("link").filter(
      ({ link }) => link?.kind === "paper" && link.id === id && link.part === "community",
    );
    return countIn([...linked, ...this.worded()], COMMENTS);
  }

  /** Loose text that says itself what it counts. */
  private worded(): Slot[] {
    return this.of("loose").filter((slot) => slot.text.length < LONGEST_COUNT && WORDED.test(slot.text));
  }

  private of(role: Slot["role"]): Slot[] {
    return [...this.slots].filter((slot) => slot.role === role);
  }

  /** Whether there is room for the text; a card that is too long keeps nothing. */
  private grow(text: string): boolean {
    this.size += text.length;
    if (this.size <= LONGEST_CARD) return true;
    this.slots.clear();
    this.repositories.clear();
    return false;
  }
}
