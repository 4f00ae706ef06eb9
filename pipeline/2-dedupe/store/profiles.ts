import { beginning } from "../candidates/keys.ts";
import type { Profile } from "../profile.ts";
import { Growing } from "./growing.ts";
import { hashText } from "./hash.ts";
import { ShortLists, Texts } from "./lists.ts";
import { pack, titleOf, unpack } from "./pack.ts";

/** What two mentions may meet under, each as a number; 0 where a mention has none. */
export const KEYS = ["arxiv", "doi", "title", "beginning"] as const;
export type Key = (typeof KEYS)[number];

const keyText = (profile: Profile): Readonly<Record<Key, string | null>> => ({
  arxiv: profile.arxiv,
  doi: profile.doi,
  title: profile.squashed,
  beginning: beginning(profile.title),
});

/** Profiles by their places, in the order of the mentions' ids. */
export interface Profiles {
  readonly length: number;
  at(place: number): Profile;
  /** The words of its title alone, which is less work than all of it. */
  titleAt(place: number): string[];
  /** All that is compared, as a text: mentions of one text cannot disagree. */
  kindAt(place: number): string;
  keys(key: Key): Int32Array;
  /** So many mentions stand in each capture. */
  readonly listed: ReadonlyMap<string, number>;
}

/** So many profiles are kept as they were last read: the same ones are asked for again and again for a while. */
const KEPT = 1 << 10;

/** Reads each place anew only when another one has taken its room. */
function keeping(read: (place: number) => Profile): (place: number) => Profile {
  const places = new Int32Array(KEPT).fill(-1);
  const kept: Profile[] = [];
  return (place) => {
    const room = place % KEPT;
    const known = places[room] === place ? kept[room] : undefined;
    if (known !== undefined) return known;
    const profile = read(place);
    places[room] = place;
    kept[room] = profile;
    return profile;
  };
}

const integers = () => new Growing((length) => new Int32Array(length));

/** Takes profiles in any order, packs them, and gives them back in the order of their ids. */
export class Packer {
  private readonly texts = new Texts();
  private readonly abstracts = new ShortLists();
  private readonly ids: string[] = [];
  private readonly sources = integers();
  private readonly listed = new Map<string, number>();
  private readonly sourceAt = new Map<string, number>();
  private readonly hashes = { arxiv: integers(), doi: integers(), title: integers(), beginning: integers() };

  add(profile: Profile): void {
    const { mention_id, source, abstract } = profile;
    this.texts.push(pack(profile));
    this.abstracts.push(abstract);
    this.ids.push(mention_id);
    const known = this.sourceAt.get(source) ?? this.sourceAt.size;
    this.sourceAt.set(source, known);
    this.sources.push(known);
    this.listed.set(source, (this.listed.get(source) ?? 0) + 1);
    const texts = keyText(profile);
    for (const key of KEYS) this.hashes[key].push(texts[key] === null ? 0 : hashText(texts[key]) || 1);
  }

  /** The order of the mentions' ids, as numbers of additions. */
  order(): Int32Array {
    const { ids } = this;
    const before = (a: number, b: number) => ((ids[a] ?? "") < (ids[b] ?? "") ? -1 : 1);
    return Int32Array.from(ids.keys()).sort(before);
  }

  profiles(order: Int32Array): Profiles {
    const { texts, abstracts, ids, sources, hashes, listed } = this;
    const names = [...this.sourceAt.keys()];
    const abstractAt = (entry: number) => abstracts.at(entry);
    return {
      length: order.length,
      listed,
      titleAt: (place) => titleOf(texts.at(order[place] ?? 0)),
      kindAt: (place) => {
        const entry = order[place] ?? 0;
        return `${texts.at(entry)}\0${String.fromCharCode(...(abstractAt(entry) ?? []))}`;
      },
      keys: (key) => order.map((entry) => hashes[key].at(entry)),
      at: keeping((place) => {
        const entry = order[place] ?? 0;
        const source = names[sources.at(entry)] ?? "";
        return unpack(texts.at(entry), {
          mention_id: ids[entry] ?? "",
          source,
          abstract: abstractAt(entry),
        });
      }),
    };
  }
}
