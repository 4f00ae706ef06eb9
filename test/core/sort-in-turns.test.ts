import { expect, test } from "vitest";
import { sortInTurns } from "../../pipeline/core/sort-in-turns.ts";

const { signal } = new AbortController();

test.each([0, 1, 2, 16_384, 16_385, 40_000, 70_001])(
  "%i numbers are sorted, equal ones as they were",
  async (count) => {
    const keys = Array.from({ length: count }, (_, i) => (i * 7919) % 1009);
    const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0);
    const expected = [...keys.keys()].sort(compare);
    expect([...(await sortInTurns(count, compare, signal))]).toEqual(expected);
  },
);

test("sorting lets others have their turn, and ends where it is stopped", async () => {
  const stopping = new AbortController();
  setImmediate(() => stopping.abort(new Error("stopped")));
  await expect(sortInTurns(100_000, (a, b) => b - a, stopping.signal)).rejects.toThrow("stopped");
});
