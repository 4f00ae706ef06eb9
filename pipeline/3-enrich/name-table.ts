import { hashText } from "../2-dedupe/store/hash.ts";
import { Growing } from "../core/growing.ts";
import { Texts } from "../core/texts.ts";

const EMPTY = -1;
const IN_LOWER_CASE = -1;
const FIRST_SLOTS = 1 << 12;
const integers = (length: number) => new Int32Array(length);

/**
 * Names that differ by more than the case of their letters, each numbered, in one spelling and with the number of its
 * uses. A hash table over bytes: a map of strings takes five times as much.
 */
export class NameTable {
  /** By name: in lower case. */
  private readonly keys = new Texts();
  private readonly texts = new Texts();
  /** By name: the place of its spelling among the texts, -1 where that is in lower case; its uses, and its hash. */
  private readonly spellings = new Growing(integers);
  private readonly uses = new Growing(integers);
  private readonly hashes = new Growing(integers);
  private slots = integers(FIRST_SLOTS).fill(EMPTY);

  get length(): number {
    return this.keys.length;
  }

  /** The name in lower case. */
  key(name: number): string {
    return this.keys.at(name);
  }

  /** Below 0 where name `a` comes before name `b`, in lower case. */
  compare(a: number, b: number): number {
    return this.keys.compare(a, b);
  }

  /** Of all spellings that were added, the one that is first in character order. */
  spelled(name: number): string {
    const place = this.spellings.at(name);
    return place === IN_LOWER_CASE ? this.key(name) : this.texts.at(place);
  }

  timesOf(name: number): number {
    return this.uses.at(name);
  }

  /** The number of the name, in any case; -1: there is none. */
  find(spelled: string): number {
    const key = spelled.toLowerCase();
    return this.slots[this.slotOf(key, hashText(key))] ?? EMPTY;
  }

  /** Notes one use of a name. */
  add(spelled: string): void {
    const key = spelled.toLowerCase();
    const hash = hashText(key);
    const slot = this.slotOf(key, hash);
    const known = this.slots[slot] ?? EMPTY;
    if (known !== EMPTY) {
      this.uses.set(known, this.uses.at(known) + 1);
      if (spelled < this.spelled(known)) this.spellings.set(known, this.texts.push(spelled));
      return;
    }
    this.slots[slot] = this.keys.push(key);
    this.spellings.push(spelled === key ? IN_LOWER_CASE : this.texts.push(spelled));
    this.uses.push(1);
    this.hashes.push(hash);
    if (this.length * 2 > this.slots.length) this.grow();
  }

  /** The slot of the name, or the empty one where it belongs. */
  private slotOf(key: string, hash: number): number {
    const last = this.slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const name = this.slots[slot] ?? EMPTY;
      if (name === EMPTY || (this.hashes.at(name) === hash && this.key(name) === key)) return slot;
    }
  }

  private grow(): void {
    this.slots = integers(this.slots.length * 2).fill(EMPTY);
    const last = this.slots.length - 1;
    for (let name = 0; name < this.length; name += 1) {
      let slot = this.hashes.at(name) & last;
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & last;
      this.slots[slot] = name;
    }
  }
}
