import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Growing } from "../../pipeline/core/growing.ts";

const integers = () => new Growing((length) => new Int32Array(length));

describe("a growing list", () => {
  test("has what was added, in order, whether one by one or many at once", () => {
    const anyPiece = fc.oneof(fc.integer(), fc.array(fc.integer(), { maxLength: 3_000, size: "max" }));
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 6 }), (pieces) => {
        const list = integers();
        for (const piece of pieces)
          if (typeof piece === "number") list.push(piece);
          else list.pushAll(piece);
        const expected = pieces.flat();
        expect([...list.all()]).toEqual(expected);
        expect([...list.copy()]).toEqual(expected);
        expect(list.length).toBe(expected.length);
        for (const [at, value] of expected.entries()) expect(list.at(at)).toBe(value);
      }),
      { numRuns: 30 },
    );
  });

  test("has the new number where one was put in the place of another", () => {
    const list = integers();
    list.pushAll([1, 2, 3]);
    list.set(1, 20);
    expect([...list.all()]).toEqual([1, 20, 3]);
  });

  test("holds no more than half as much again as was added, beyond a first thousand", () => {
    const list = integers();
    for (let at = 0; at < 70_000; at += 1) list.push(at);
    expect(list.all().buffer.byteLength).toBeLessThanOrEqual(70_000 * 1.5 * Int32Array.BYTES_PER_ELEMENT);
  });

  test("gives a copy that later additions leave as it is", () => {
    const list = integers();
    list.push(1);
    const copy = list.copy();
    copy[0] = 7;
    list.push(2);
    expect([[...copy], [...list.all()]]).toEqual([[7], [1, 2]]);
  });

  test("gives 0 for a place that has nothing", () => {
    expect(integers().at(3)).toBe(0);
  });
});
