import { beginning } from "../candidates/keys.ts";
import type { Profile } from "../profile.ts";
import { Entries } from "./entries.ts";
import { Growing } from "./growing.ts";
import { hashText } from "./hash.ts";
import { orderOfTexts } from "./order.ts";
import { comparedOf, idOf, pack, titleOf, unpack } from "./pack.ts";

/** What two mentions may meet under, each as a number; 0 where a mention has none. */
export const KEYS = ["arxiv", "doi", "title", "words", "beginning"] as const;
export type Key = (typeof KEYS)[number];

const keyText = (profile: Profile): Readonly<Record<Key, string | null>> => ({
  arxiv: profile.arxiv,
  doi: profile.doi,
  title: profile.squashed,
  words: profile.title.join(" "),
  beginning: beginning(profile.title),
});

const numberOf = (text: string | null): number => (text === null || text === "" ? 0 : hashText(text) || 1);

/** Profiles by their places, in the order of the mentions' ids. */
export interface Profiles {
  readonly length: number;
  at(place: number): Profile;
  /** The words of its title alone, which is less work than all of it. */
  titleAt(place: number): string[];
  /** All that is compared, as a text: mentions of one text cannot disagree. */
  kindAt(place: number): string;
  keys(key: Key): Int32Array;
  /** The places of mentions with these ids, as far as they are there. */
  placesOf(ids: ReadonlySet<string>): Map<string, number>;
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
  private readonly entries = new Entries();
  private readonly sources = integers();
  private readonly listed = new Map<string, number>();
  private readonly sourceAt = new Map<string, number>();
  private readonly numbers: Readonly<Record<Key, ReturnType<typeof integers>>> = {
    arxiv: integers(),
    doi: integers(),
    title: integers(),
    words: integers(),
    beginning: integers(),
  };

  add(profile: Profile): void {
    const { source, abstract } = profile;
    this.entries.push(pack(profile), abstract);
    const known = this.sourceAt.get(source) ?? this.sourceAt.size;
    this.sourceAt.set(source, known);
    this.sources.push(known);
    this.listed.set(source, (this.listed.get(source) ?? 0) + 1);
    const texts = keyText(profile);
    for (const key of KEYS) this.numbers[key].push(numberOf(texts[key]));
  }

  /** The order of the mentions' ids, as numbers of additions. */
  order(): Int32Array {
    return orderOfTexts(this.entries.length, (entry) => idOf(this.entries.textAt(entry)));
  }

  profiles(order: Int32Array): Profiles {
    const { entries, sources, numbers, listed } = this;
    const names = [...this.sourceAt.keys()];
    const entryAt = (place: number) => order[place] ?? 0;
    return {
      length: order.length,
      listed,
      titleAt: (place) => titleOf(entries.textAt(entryAt(place))),
      kindAt(place) {
        const { text, numbers: abstract } = entries.at(entryAt(place));
        return `${comparedOf(text)}\0${String.fromCharCode(...(abstract ?? []))}`;
      },
      keys: (key) => order.map((entry) => numbers[key].at(entry)),
      placesOf(ids) {
        const places = new Map<string, number>();
        if (ids.size === 0) return places;
        for (let place = 0; place < order.length; place += 1) {
          const id = idOf(entries.textAt(entryAt(place)));
          if (ids.has(id)) places.set(id, place);
        }
        return places;
      },
      at: keeping((place) => {
        const entry = entryAt(place);
        const { text, numbers: abstract } = entries.at(entry);
        return unpack(text, { source: names[sources.at(entry)] ?? "", abstract });
      }),
    };
  }
}

/** Profiles at hand, in the order given. */
export function packed(profiles: readonly Profile[]): Profiles {
  const packer = new Packer();
  for (const profile of profiles) packer.add(profile);
  return packer.profiles(Int32Array.from(profiles.keys()));
}
