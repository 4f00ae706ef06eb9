import { isDayLabel } from "../captured-on.ts";
import { dayIn } from "../records/record.ts";
import type { Attributes } from "./walk.ts";

const LONGEST = 40;

/**
 * Finds the day that a page shows around its papers: text between two tags that is a day and nothing else. A `time`
 * element says it with its year. A day in a link is the way to another day's list.
 */
export class ShownDay {
  label: string | null = null;
  private isStated = false;
  private run = "";
  private time: string | null = null;

  /** Takes the day that the page's data state: no text of the page says it better. */
  state(day: string): void {
    this.label = day;
    this.isStated = true;
  }

  text(text: string): void {
    if (this.run.length <= LONGEST) this.run += text.slice(0, LONGEST + 1);
  }

  tag(name: string, attributes: Attributes | null): void {
    const shown = this.run.trim().replaceAll(/\s+/gu, " ");
    this.run = "";
    if (isDayLabel(shown) && !this.isStated) this.label = dayIn(this.time) ?? shown;
    if (name === "time") this.time = attributes?.datetime ?? null;
  }
}
