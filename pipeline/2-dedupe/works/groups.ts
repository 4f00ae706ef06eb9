/** Groups of places that grow by joining. Four bytes three times for a place, and no object for any of them. */
export class Groups {
  /** The place that each place's group is called by. */
  private readonly names: Int32Array;
  /** The next member of each place's group, in a ring. */
  private readonly nexts: Int32Array;
  /** How many members the group has that is called by a place. */
  private readonly sizes: Int32Array;

  constructor(places: number) {
    this.names = new Int32Array(places).map((_, at) => at);
    this.nexts = this.names.slice();
    this.sizes = new Int32Array(places).fill(1);
  }

  nameOf(place: number): number {
    return this.names[place] ?? place;
  }

  sizeOf(name: number): number {
    return this.sizes[name] ?? 1;
  }

  *membersOf(name: number): Generator<number> {
    let at = name;
    do {
      yield at;
      at = this.nexts[at] ?? name;
    } while (at !== name);
  }

  /** Makes one group of two; it is called as the larger one was, of two equally large ones as the first. */
  join(a: number, b: number): number {
    const [larger, smaller] = this.sizeOf(a) >= this.sizeOf(b) ? [a, b] : [b, a];
    for (const at of this.membersOf(smaller)) this.names[at] = larger;
    const next = this.nexts[larger] ?? larger;
    this.nexts[larger] = this.nexts[smaller] ?? smaller;
    this.nexts[smaller] = next;
    this.sizes[larger] = this.sizeOf(larger) + this.sizeOf(smaller);
    return larger;
  }

  /** The first place of the group that each place is in. */
  firsts(): Int32Array {
    const first = new Int32Array(this.names.length).fill(-1);
    return this.names.map((name, at) => {
      if (first[name] === -1) first[name] = at;
      return first[name] ?? at;
    });
  }
}
