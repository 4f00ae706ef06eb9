import { REPOSITORY_STATUSES, type RepositoryStatus } from "../../schemas/vocabularies.ts";
import { timestamp } from "../core/effects.ts";
import { Growing } from "../core/growing.ts";
import type { HistoryAsk } from "./hosts/github-star-history.ts";
import type { Asks } from "./hosts/service.ts";
import type { KnownRepositories } from "./known.ts";
import { namedBy } from "./namings.ts";
import { askOf, type Tracked } from "./repositories.ts";
import type { RepositoryAsk } from "./repository.ts";

const STATUSES = Object.keys(REPOSITORY_STATUSES) as RepositoryStatus[];

/** What of an ask does not follow from the name that papers use: another name by now, the state of its figures. */
type Rest = Pick<RepositoryAsk, "owner" | "name" | "etag">;

/**
 * What is due at one service, as numbers, each made into something to ask about when its turn comes. Where not all can be
 * asked, what was never asked comes first, then what most papers name.
 */
export class Queue implements Asks<HistoryAsk> {
  private readonly known: KnownRepositories;
  private readonly numbers = new Growing((length) => new Int32Array(length));
  private readonly namings = new Growing((length) => new Int32Array(length));
  private readonly statuses = new Growing((length) => new Uint8Array(length));
  private readonly isChecked = new Growing((length) => new Uint8Array(length));
  /** When the host made it, in milliseconds; NaN: not known. */
  private readonly created = new Growing((length) => new Float64Array(length));
  private readonly rest = new Map<number, Rest>();
  private order: Uint32Array | null = null;

  constructor(known: KnownRepositories) {
    this.known = known;
  }

  get length(): number {
    return this.numbers.length;
  }

  push(number: number, repository: Tracked): void {
    const { row, namings } = repository;
    const { owner, name, etag } = askOf(repository);
    const isAsNamed = `${row.host}/${owner}/${name}` === this.known.nameOf(number).spelled;
    if (!isAsNamed || etag !== undefined)
      this.rest.set(number, { owner, name, ...(etag === undefined ? {} : { etag }) });
    this.numbers.push(number);
    this.namings.push(namings);
    this.statuses.push(STATUSES.indexOf(row.status));
    this.isChecked.push(Number(row.checked_at !== null));
    this.created.push(Date.parse(row.created_at ?? ""));
    this.order = null;
  }

  *[Symbol.iterator](): Generator<HistoryAsk> {
    this.order ??= this.byNeed();
    for (const at of this.order) {
      const number = this.numbers.at(at);
      const created = this.created.at(at);
      yield {
        ...namedBy(this.known.nameOf(number)),
        ...this.rest.get(number),
        status: STATUSES[this.statuses.at(at)] ?? "unchecked",
        created_at: Number.isNaN(created) ? null : timestamp(new Date(created)),
      };
    }
  }

  private byNeed(): Uint32Array {
    const { namings, isChecked, numbers, known } = this;
    const ranks = Uint32Array.from(numbers.all(), (number) => known.nameOf(number).rank);
    return Uint32Array.from(ranks.keys()).sort(
      (a, b) =>
        isChecked.at(a) - isChecked.at(b) ||
        namings.at(b) - namings.at(a) ||
        (ranks[a] ?? 0) - (ranks[b] ?? 0),
    );
  }
}
