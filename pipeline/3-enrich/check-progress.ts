import type { Log } from "../core/effects.ts";
import { clockTime } from "../core/progress.ts";
import type { News } from "./hosts/service.ts";
import type { JournalEntry } from "./repository.ts";

/** How far the asking is, put together from all services, for people to watch. */
export class CheckProgress {
  private readonly due: number;
  private readonly log: Log;
  private readonly news: News[] = [];
  private done = 0;
  private found = 0;
  private missing = 0;

  constructor(due: number, log: Log) {
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

  told(entries: readonly JournalEntry[]): void {
    this.done += entries.length;
    for (const entry of entries) {
      const kind = "answer" in entry ? entry.answer.kind : "found";
      if (kind === "found" || kind === "unchanged") this.found += 1;
      if (kind === "absent") this.missing += 1;
    }
    this.show();
  }

  private show(): void {
    const requests = this.news.reduce((sum, news) => sum + (news.requests ?? 0), 0);
    const remaining = this.news.find((news) => news.remaining !== undefined)?.remaining;
    const waitingMs = Math.max(0, ...this.news.map((news) => news.waitingMs ?? 0));
    this.log.progress("3-enrich", this.done, this.due, {
      found: this.found,
      missing: this.missing,
      requests,
      ...(remaining === undefined ? {} : { quota: remaining }),
      ...(waitingMs === 0 ? {} : { waiting: clockTime(waitingMs / 1000) }),
    });
  }
}
