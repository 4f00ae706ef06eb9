/** What is still to be asked, in batches whose size follows what the host can bear. */

/** A batch as it is asked: what, and how often it was asked for in vain. */
export interface Batch<Ask> {
  readonly asks: readonly Ask[];
  readonly failures: number;
}

export const FIRST_SIZE = 50;
const LARGEST_SIZE = 100;
const STEP = 10;
/** So many quick answers in a row make the next batches larger. */
const QUICK_ANSWERS = 3;
const QUICK_MS = 3_000;
/** GitHub ends a query after 10 s and charges for it (docs.github.com, "Rate limits and query limits"). */
const SLOW_MS = 7_000;

/** How many names the next query holds: 50, growing to 100 while answers are quick, halved where they are too much. */
export class BatchSize {
  private size = FIRST_SIZE;
  private quick = 0;

  get current(): number {
    return this.size;
  }

  answered(milliseconds: number): void {
    if (milliseconds > SLOW_MS) this.tooMuch();
    this.quick = milliseconds < QUICK_MS ? this.quick + 1 : 0;
    if (this.quick < QUICK_ANSWERS) return;
    this.quick = 0;
    this.size = Math.min(LARGEST_SIZE, this.size + STEP);
  }

  tooMuch(): void {
    this.quick = 0;
    this.size = Math.max(1, Math.floor(this.size / 2));
  }
}

/**
 * The asks of a check, taken by several askers: each is handed out once, and again when it is given back. An asker that
 * finds none waits for what others still have under way, since that may come back.
 */
export class Work<Ask> {
  private readonly asks: Iterator<Ask>;
  private readonly returned: Batch<Ask>[] = [];
  private underWay = 0;
  private waiting: (() => void)[] = [];

  constructor(asks: Iterable<Ask>) {
    this.asks = asks[Symbol.iterator]();
  }

  /** The next batch, of at most `size`; null when nothing is left and nothing can come back. */
  async take(size: number): Promise<Batch<Ask> | null> {
    for (;;) {
      const batch = this.next(size);
      if (batch !== null) {
        this.underWay += 1;
        return batch;
      }
      if (this.underWay === 0) return null;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private next(size: number): Batch<Ask> | null {
    const first = this.returned.shift();
    if (first !== undefined) {
      if (first.asks.length > size) this.returned.unshift({ ...first, asks: first.asks.slice(size) });
      return { ...first, asks: first.asks.slice(0, size) };
    }
    const asks: Ask[] = [];
    while (asks.length < size) {
      const { done, value } = this.asks.next();
      if (done === true) break;
      asks.push(value);
    }
    return asks.length === 0 ? null : { asks, failures: 0 };
  }

  /** Ends a batch that was taken; what is left of it will be handed out again. */
  done(left: readonly Batch<Ask>[] = []): void {
    this.underWay -= 1;
    this.returned.push(...left.filter(({ asks }) => asks.length > 0));
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** Two halves of a batch that failed, the first at least as large. */
export function halves<Ask>({ asks, failures }: Batch<Ask>): Batch<Ask>[] {
  const middle = Math.ceil(asks.length / 2);
  return [asks.slice(0, middle), asks.slice(middle)].map((half) => ({ asks: half, failures }));
}
