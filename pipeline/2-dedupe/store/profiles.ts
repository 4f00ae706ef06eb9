import { closeSync, openSync } from "node:fs";
import { writeAt } from "../../core/files.ts";
import { Growing } from "../../core/growing.ts";
import { orderOfTexts } from "../../core/text-order.ts";
import { Texts } from "../../core/texts.ts";
import type { Profile } from "../profile/profile.ts";
import { type Batch, BatchWriter, KEYS, type Key } from "./batch.ts";
import { addressOf, type Block, EntryReader } from "./entries.ts";
import { comparedOf, idOf, titleOf, unpack } from "./pack.ts";
import { sharedFloats, sharedIntegers } from "./shared.ts";

/** Packed profiles as plain data that threads share: by their places, in the order of the mentions' ids. */
export interface SharedProfiles {
  readonly blocks: readonly Block[];
  /** The file of the blocks that are not at hand. */
  readonly file: string | null;
  readonly addresses: Float64Array;
  /** The capture of each, as a place in `names`. */
  readonly sources: Int32Array;
  readonly names: readonly string[];
}

/** Profiles by their places. */
export interface ProfileReader {
  readonly length: number;
  at(place: number): Profile;
  idAt(place: number): string;
  /** The words of its title alone, which is less work than all of it. */
  titleAt(place: number): string[];
  /** All that is compared, its capture included, as a text: mentions of one text cannot disagree. */
  kindAt(place: number): string;
  close(): void;
}

/** Profiles by their places, and what they may meet under. */
export interface Profiles extends ProfileReader {
  readonly shared: SharedProfiles;
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

/** Reads profiles that this thread or another has packed. */
export function readProfiles({ blocks, file, addresses, sources, names }: SharedProfiles): ProfileReader {
  const descriptor = file === null ? NO_FILE : openSync(file, "r");
  const entries = new EntryReader(blocks, descriptor);
  const textAt = (place: number) => entries.textAt(addresses[place] ?? 0);
  const sourceAt = (place: number) => names[sources[place] ?? 0] ?? "";
  return {
    length: addresses.length,
    idAt: (place) => idOf(textAt(place)),
    titleAt: (place) => titleOf(textAt(place)),
    kindAt(place) {
      const { text, numbers } = entries.at(addresses[place] ?? 0);
      return [sourceAt(place), comparedOf(text), String.fromCharCode(...(numbers ?? []))].join("\0");
    },
    at: keeping((place) => {
      const { text, numbers } = entries.at(addresses[place] ?? 0);
      return unpack(text, { source: sourceAt(place), abstract: numbers });
    }),
    close() {
      if (descriptor !== NO_FILE) closeSync(descriptor);
    },
  };
}

/** In the place of a descriptor. */
const NO_FILE = -1;

const integers = () => new Growing((length) => new Int32Array(length));
const floats = () => new Growing((length) => new Float64Array(length));

/** Where blocks go that would take too much memory. */
export interface Spill {
  readonly path: string;
  /** So many bytes stay in memory. */
  readonly keep: number;
}

/** Takes batches of packed profiles, and gives them back in the order of their ids. */
export class ProfileStore {
  private readonly blocks: Block[] = [];
  private readonly addresses = floats();
  private readonly ids = new Texts();
  private readonly sources = integers();
  private readonly listed = new Map<string, number>();
  private readonly sourceAt = new Map<string, number>();
  private readonly numbers: Readonly<Record<Key, ReturnType<typeof integers>>> = {
    arxiv: integers(),
    doi: integers(),
    title: integers(),
    words: integers(),
    beginning: integers(),
    opening: integers(),
  };
  private readonly spill: Spill | null;
  private descriptor = NO_FILE;
  private inMemory = 0;
  private inFile = 0;

  constructor(spill: Spill | null = null) {
    this.spill = spill;
  }

  add({ block, starts, keys, sources, names }: Batch): void {
    const entries = new EntryReader([block], NO_FILE);
    for (const start of starts) {
      this.addresses.push(addressOf(this.blocks.length, start));
      this.ids.push(idOf(entries.textAt(addressOf(0, start))));
    }
    this.blocks.push(this.place(block));
    for (const key of KEYS) this.numbers[key].pushAll(keys[key]);
    const known = names.map((name) => {
      const source = this.sourceAt.get(name) ?? this.sourceAt.size;
      this.sourceAt.set(name, source);
      return source;
    });
    for (const source of sources) {
      const name = names[source] ?? "";
      this.sources.push(known[source] ?? 0);
      this.listed.set(name, (this.listed.get(name) ?? 0) + 1);
    }
  }

  /** The profiles, and the order of their ids as numbers of additions. */
  finish(): { readonly profiles: Profiles; readonly order: Int32Array } {
    if (this.descriptor !== NO_FILE) closeSync(this.descriptor);
    const file = this.descriptor === NO_FILE ? null : (this.spill?.path ?? null);
    const order = orderOfTexts(this.ids.length, (at) => this.ids.at(at));
    return { profiles: this.profilesIn(order, file), order };
  }

  /** The profiles in the order in which they were added. */
  asAdded(): Profiles {
    return this.profilesIn(
      Int32Array.from({ length: this.addresses.length }, (_, at) => at),
      null,
    );
  }

  private profilesIn(order: Int32Array, file: string | null): Profiles {
    const shared = {
      blocks: this.blocks,
      file,
      addresses: sharedFloats(order.length),
      sources: sharedIntegers(order.length),
      names: [...this.sourceAt.keys()],
    };
    for (const [place, entry] of order.entries()) {
      shared.addresses[place] = this.addresses.at(entry);
      shared.sources[place] = this.sources.at(entry);
    }
    const { numbers, listed } = this;
    return {
      ...readProfiles(shared),
      shared,
      listed,
      keys: (key) => order.map((entry) => numbers[key].at(entry)),
    };
  }

  private place(block: SharedArrayBuffer): Block {
    const { spill } = this;
    if (spill === null || this.inMemory + block.byteLength <= spill.keep) {
      this.inMemory += block.byteLength;
      return block;
    }
    if (this.descriptor === NO_FILE) this.descriptor = openSync(spill.path, "w");
    const start = this.inFile;
    writeAt(this.descriptor, new Uint8Array(block), start);
    this.inFile += block.byteLength;
    return start;
  }
}

/** Profiles at hand, in the order given. */
export function packed(profiles: readonly Profile[]): Profiles {
  const batch = new BatchWriter();
  for (const profile of profiles) batch.add(profile);
  const store = new ProfileStore();
  store.add(batch.take());
  return store.asAdded();
}
