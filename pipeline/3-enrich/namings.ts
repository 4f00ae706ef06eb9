import { setImmediate } from "node:timers/promises";
import type { RepositoryRow } from "../../schemas/index.ts";
import type { Paper } from "../2-dedupe/paper.ts";
import { stableId } from "../core/digest.ts";
import type { Release } from "../core/release.ts";
import { sortInTurns } from "../core/sort-in-turns.ts";
import { Texts } from "../core/texts.ts";
import { NameTable } from "./name-table.ts";

/** A name by which papers call a repository. */
export interface Naming {
  /** The repository that it is a name of. */
  readonly repository_id: string;
  /** `host/owner/name`, in the spelling that is first in character order: independent of the order of papers. */
  readonly spelled: string;
  /** How many papers use it. */
  readonly times: number;
  /** Its place among all names, in their order. */
  readonly rank: number;
}

/** So many ids are made before others have their turn. */
const AT_ONCE = 5_000;

/** The name (`repositoryKey`) that a spelling is of. */
export const keyOf = ({ spelled }: Naming): string => spelled.toLowerCase();

/** The repository of a name, as one thing to ask about. */
export function namedBy({
  repository_id,
  spelled,
}: Naming): Pick<RepositoryRow, "repository_id" | "host" | "owner" | "name"> {
  // an owner may hold slashes of its own, on GitLab
  const [start, end] = [spelled.indexOf("/"), spelled.lastIndexOf("/")];
  return {
    repository_id,
    host: spelled.slice(0, start) as RepositoryRow["host"],
    owner: spelled.slice(start + 1, end),
    name: spelled.slice(end + 1),
  };
}

/**
 * Every name that papers give a repository, in the order of repositories' ids and then of names. Hundreds of thousands
 * are held as bytes, and made into objects one by one.
 */
export class Namings {
  private readonly names: NameTable;
  /** By rank: the name's number in the table, and the id of its repository. */
  private readonly byRank: Uint32Array;
  private readonly ids: Texts;
  /** Ranks in the order of ids. */
  private readonly order: Uint32Array;

  private constructor(names: NameTable, byRank: Uint32Array, ids: Texts, order: Uint32Array) {
    this.names = names;
    this.byRank = byRank;
    this.ids = ids;
    this.order = order;
  }

  /**
   * A name that an earlier check followed to its new place is the same repository, with the same id.
   * @param count told how many repositories each paper names
   */
  static async of(
    papers: AsyncIterable<Paper>,
    previous: Release | null,
    count: (namings: number) => void,
    signal: AbortSignal,
  ): Promise<Namings> {
    const names = new NameTable();
    for await (const { repositories } of papers) {
      signal.throwIfAborted();
      count(repositories.length);
      for (const { host, owner, name } of repositories) names.add(`${host}/${owner}/${name}`);
    }
    const earlier = await earlierIds(names, previous);
    const byRank = await sortInTurns(names.length, (a, b) => names.compare(a, b), signal);
    const ids = new Texts();
    for (const name of byRank) {
      if (ids.length % AT_ONCE === 0) await setImmediate(); // what stops the run is heard
      signal.throwIfAborted();
      ids.push(earlier.get(name) ?? stableId("r", names.key(name)));
    }
    const order = await sortInTurns(names.length, (a, b) => ids.compare(a, b), signal);
    return new Namings(names, byRank, ids, order);
  }

  get length(): number {
    return this.order.length;
  }

  at(place: number): Naming {
    const rank = this.order[place] ?? 0;
    const name = this.byRank[rank] ?? 0;
    const { names } = this;
    return {
      repository_id: this.idAt(place),
      spelled: names.spelled(name),
      times: names.timesOf(name),
      rank,
    };
  }

  idAt(place: number): string {
    return this.ids.at(this.order[place] ?? 0);
  }
}

/** The names that a repository of the previous release ever had, with the id of that repository. */
async function earlierIds(names: NameTable, previous: Release | null): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>();
  if (previous === null) return ids;
  for await (const { repository_id, host, full_name, previous_names } of previous.rows("repositories"))
    for (const name of [full_name, ...previous_names]) {
      const known = names.find(`${host}/${name}`);
      if (known >= 0) ids.set(known, repository_id);
    }
  return ids;
}
