import type { Log } from "../core/effects.ts";
import { clockTime } from "../core/progress.ts";
import type { News } from "./hosts/service.ts";

/** What came of one ask, as far as people watch it. */
type Outcome = "found" | "missing" | null;

/** How far the asking is, put together from all services, for people to watch. */
export class CheckProgress<Entry> {
  private readonly stage: string;
  private readonly due: number;
  private readonly outcomeOf: (entry: Entry) => Outcome;
  private readonly log: Log;
  private readonly news: News[] = [];
  private done = 0;
  private found = 0;
  private missing = 0;

  constructor(stage: string, due: number, log: Log, outcomeOf: (entry: Entry) => Outcome) {
    this.stage = stage;
    this.outcomeOf = outcomeOf;
    this.due = due;
    this.log = log;
  }

  /** What one more service tells its news to. */
  listener(): (news: News) => void {
    const place = this.news.push({}) - 1;
    return (news) => {
      this.news[place] = { ...this.news[place], ...news };
      this.show();
    };
  }

  told(entries: readonly Entry[]): void {
    this.done += entries.length;
    for (const entry of entries) {
      const outcome = this.outcomeOf(entry);
      if (outcome === "found") this.found += 1;
      if (outcome === "missing") this.missing += 1;
    }
    this.show();
  }

  private show(): void {
    const requests = this.news.reduce((sum, news) => sum + (news.requests ?? 0), 0);
    const remaining = this.news.find((news) => news.remaining !== undefined)?.remaining;
    const waitingMs = Math.max(0, ...this.news.map((news) => news.waitingMs ?? 0));
    this.log.progress(this.stage, this.done, this.due, {
      found: this.found,
      missing: this.missing,
      requests,
      ...(remaining === undefined ? {} : { quota: remaining }),
      ...(waitingMs === 0 ? {} : { waiting: clockTime(waitingMs / 1000) }),
    });
  }
}
