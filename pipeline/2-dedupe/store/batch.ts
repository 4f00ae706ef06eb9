import { beginning } from "../candidates/keys.ts";
import type { Profile } from "../profile/profile.ts";
import { EntryWriter } from "./entries.ts";
import { hashText } from "./hash.ts";
import { pack } from "./pack.ts";

/** What two mentions may meet under, each as a number; 0 where a mention has none. */
export const KEYS = ["arxiv", "doi", "title", "words", "beginning", "opening"] as const;
export type Key = (typeof KEYS)[number];

const keyTexts = (profile: Profile): Readonly<Record<Key, string | null>> => ({
  arxiv: profile.arxiv,
  doi: profile.doi,
  title: profile.squashed,
  words: profile.title.join(" "),
  beginning: beginning(profile.title),
  opening: profile.opening === null ? null : String(profile.opening),
});

const numberOf = (text: string | null): number => (text === null || text === "" ? 0 : hashText(text) || 1);

/** Packed profiles, as one thread hands them to another. */
export interface Batch {
  readonly block: SharedArrayBuffer;
  /** Where in the block each profile begins. */
  readonly starts: Int32Array;
  readonly keys: Readonly<Record<Key, Int32Array>>;
  /** The capture of each, as a place in `names`. */
  readonly sources: Int32Array;
  readonly names: readonly string[];
}

/** Packs profiles. */
export class BatchWriter {
  private readonly entries = new EntryWriter();
  private keys: Record<Key, number[]> = {
    arxiv: [],
    doi: [],
    title: [],
    words: [],
    beginning: [],
    opening: [],
  };
  private sources: number[] = [];
  private names = new Map<string, number>();

  add(profile: Profile): void {
    this.entries.push(pack(profile), profile.abstract);
    const texts = keyTexts(profile);
    for (const key of KEYS) this.keys[key].push(numberOf(texts[key]));
    const source = this.names.get(profile.source) ?? this.names.size;
    this.names.set(profile.source, source);
    this.sources.push(source);
  }

  /** What was added since the last batch. */
  take(): Batch {
    const { arxiv, doi, title, words, beginning, opening } = this.keys;
    const batch = {
      ...this.entries.take(),
      keys: {
        arxiv: Int32Array.from(arxiv),
        doi: Int32Array.from(doi),
        title: Int32Array.from(title),
        words: Int32Array.from(words),
        beginning: Int32Array.from(beginning),
        opening: Int32Array.from(opening),
      },
      sources: Int32Array.from(this.sources),
      names: [...this.names.keys()],
    };
    this.keys = { arxiv: [], doi: [], title: [], words: [], beginning: [], opening: [] };
    this.sources = [];
    this.names = new Map();
    return batch;
  }
}
