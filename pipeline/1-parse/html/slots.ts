import { type PageLink, pageLink } from "./addresses.ts";
import type { Attributes } from "./walk.ts";

/** What a run of text is on the page, by the element that it stands in. */
type Role = "title" | "heading" | "paragraph" | "link" | "control" | "loose";

/** A run of text: whatever stands in one such element, tags inside it left out. */
export interface Slot {
  readonly role: Role;
  /** The link around it. */
  readonly link: PageLink | null;
  text: string;
}

interface Heading {
  /** 1 for `h1`; a heading of a smaller or the same rank ends what stands below another. */
  readonly rank: number;
  readonly lineStart: number;
  readonly rest: Slot;
  /** The text that links to a paper. */
  title: Slot | null;
}

/** Elements inside a line of text: words on their two sides may be one word. */
const INLINE = new Set(
  "a abbr b bdi bdo cite code del em font i ins kbd mark math q s small span strong sub sup tt u var wbr".split(
    " ",
  ),
);
const CONTROLS = new Set(["button", "label"]);
const slot = (role: Role, link: PageLink | null = null): Slot => ({ role, link, text: "" });

/** The rank of a heading's element, null for any other. */
export function rankOf(name: string): number | null {
  return /^h[1-6]$/u.test(name) ? Number(name.charAt(1)) : null;
}

/** Keeps in mind which of a page's telling elements are open, and so which run each text belongs to. */
export class OpenElements {
  heading: Heading | null = null;
  link: PageLink | null = null;
  private linkSlot: Slot | null = null;
  private paragraph: Slot | null = null;
  private control: Slot | null = null;
  private loose = slot("loose");

  /** Takes an opening tag; gives the paper that a heading links to from here on, if it does. */
  open(name: string, attributes: Attributes, line: number): string | null {
    const rank = rankOf(name);
    if (name === "a") {
      this.link = pageLink(attributes.href ?? "");
      this.linkSlot = slot("link", this.link);
    } else if (rank !== null) this.heading = { rank, lineStart: line, rest: slot("heading"), title: null };
    else if (name === "p") this.paragraph = slot("paragraph");
    else if (CONTROLS.has(name)) this.control = slot("control");
    this.breakLine(name);
    return name === "a" || rank !== null ? this.openTitle() : null;
  }

  close(name: string): void {
    this.breakLine(name);
    if (name === "a") {
      this.link = null;
      this.linkSlot = null;
    } else if (rankOf(name) !== null) this.heading = null;
    else if (name === "p") this.paragraph = null;
    else if (CONTROLS.has(name)) this.control = null;
  }

  /** The run that text belongs to here. */
  current(): Slot {
    if (this.heading !== null)
      return (this.link?.kind === "paper" ? this.heading.title : null) ?? this.heading.rest;
    return this.paragraph ?? this.linkSlot ?? this.control ?? this.loose;
  }

  private openTitle(): string | null {
    if (this.heading === null || this.link?.kind !== "paper") return null;
    const { title } = this.heading;
    const isSame = title?.link?.kind === "paper" && title.link.id === this.link.id;
    if (!isSame) this.heading.title = slot("title", this.link);
    else if (title.text !== "") title.text += " "; // what parts the two links is not in the title's run
    return this.link.id;
  }

  /** Every tag parts loose runs; inside the others a tag that is not inline parts words. */
  private breakLine(name: string): void {
    this.loose = slot("loose");
    const current = this.current();
    if (!INLINE.has(name) && current.text !== "" && !current.text.endsWith(" ")) current.text += " ";
  }
}
