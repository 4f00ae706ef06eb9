import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BatchSize, halves, Work } from "../../../pipeline/3-enrich/hosts/batches.ts";

describe("the size of a batch", () => {
  test("begins at 50", () => {
    expect(new BatchSize().current).toBe(50);
  });

  test("grows by ten after three quick answers in a row, up to 100", () => {
    const size = new BatchSize();
    const sizes = Array.from({ length: 18 }, () => {
      size.answered(500);
      return size.current;
    });
    expect(sizes.filter((_, i) => i % 3 === 2)).toEqual([60, 70, 80, 90, 100, 100]);
    expect(sizes.slice(0, 2)).toEqual([50, 50]);
  });

  test("stays where answers take more than three seconds, and these break the row", () => {
    const size = new BatchSize();
    for (const milliseconds of [500, 500, 3000, 500, 500]) size.answered(milliseconds);
    expect(size.current).toBe(50);
  });

  test("is halved after an answer of more than seven seconds, and where it was too much", () => {
    const size = new BatchSize();
    size.answered(7001);
    expect(size.current).toBe(25);
    size.tooMuch();
    expect(size.current).toBe(12);
  });

  test("never falls below one", () => {
    const size = new BatchSize();
    for (let i = 0; i < 10; i += 1) size.tooMuch();
    expect(size.current).toBe(1);
  });
});

describe("work", () => {
  test("is handed out in its order, and then there is none", async () => {
    const work = new Work([1, 2, 3, 4, 5]);
    const taken = [await work.take(2), await work.take(2), await work.take(2)];
    expect(taken.map((batch) => batch?.asks)).toEqual([[1, 2], [3, 4], [5]]);
    for (let i = 0; i < 3; i += 1) work.done();
    expect(await work.take(2)).toBeNull();
  });

  test("that is given back comes before what was not handed out yet, in pieces that fit", async () => {
    const work = new Work([1, 2, 3, 4, 5, 6]);
    await work.take(4);
    work.done([{ asks: [2, 3, 4], failures: 1 }]);
    const taken = [await work.take(2), await work.take(2), await work.take(2)];
    expect(taken).toMatchObject([
      { asks: [2, 3], failures: 1 },
      { asks: [4], failures: 1 },
      { asks: [5, 6], failures: 0 },
    ]);
  });

  test("may come back to an asker that found none, as long as another is at it", async () => {
    const work = new Work([1, 2]);
    await work.take(2);
    const waiting = work.take(2);
    work.done([{ asks: [2], failures: 1 }]);
    expect(await waiting).toEqual({ asks: [2], failures: 1 });
    const last = work.take(2);
    work.done();
    expect(await last).toBeNull();
  });

  test("is never lost and never doubled, however batches fail", async () => {
    const anyCourse = fc.record({
      count: fc.integer({ min: 0, max: 60 }),
      turns: fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), fails: fc.boolean() }), {
        maxLength: 40,
      }),
    });
    await fc.assert(
      fc.asyncProperty(anyCourse, async ({ count, turns }) => {
        const asks = Array.from({ length: count }, (_, i) => i);
        const work = new Work(asks);
        const answered: number[] = [];
        // when the course is over, everything succeeds
        for (let turn = 0; ; turn += 1) {
          const { size, fails } = turns[turn] ?? { size: 7, fails: false };
          const batch = await work.take(size);
          if (batch === null) break;
          if (!fails) answered.push(...batch.asks);
          work.done(fails ? halves(batch) : []);
        }
        expect(answered.toSorted((a, b) => a - b)).toEqual(asks);
      }),
    );
  });
});
