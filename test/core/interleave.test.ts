import { expect, test } from "vitest";
import { interleave } from "../../pipeline/core/interleave.ts";

/** A source of these values, each after as many turns of the event loop as `turns` says; it notes what it gave. */
async function* source<T>(values: readonly T[], turns: number, given: T[] = []): AsyncGenerator<T> {
  for (const value of values) {
    for (let i = 0; i < turns; i += 1) await new Promise((resolve) => setImmediate(resolve));
    given.push(value);
    yield value;
  }
}

test("values of all sources come, those of each in their order, the quick ones first", async () => {
  const values = await Array.fromAsync(interleave([source(["a", "b"], 9), source(["1", "2", "3"], 2)]));
  expect(values.toSorted()).toEqual(["1", "2", "3", "a", "b"]);
  expect(values.indexOf("1")).toBeLessThan(values.indexOf("a"));
  expect(values.filter((value) => /\d/.test(value))).toEqual(["1", "2", "3"]);
  expect(values.filter((value) => /[a-z]/.test(value))).toEqual(["a", "b"]);
});

test("no source goes on before its last value was taken", async () => {
  const given: string[] = [];
  const values = interleave([source(["a", "b"], 0, given), source(["1", "2"], 0, given)]);
  await values.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(given.toSorted()).toEqual(["1", "a"]);
});

test("an error of one source ends all, and the others are closed", async () => {
  let closed = false;
  async function* endless() {
    try {
      for (let i = 0; ; i += 1) yield await new Promise((resolve) => setImmediate(() => resolve(i)));
    } finally {
      closed = true;
    }
  }
  async function* failing() {
    yield* source(["a"], 3);
    throw new Error("The source dried up.");
  }
  await expect(Array.fromAsync(interleave<unknown>([endless(), failing()]))).rejects.toThrow("dried up");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(closed).toBe(true);
});

test("of no sources nothing comes", async () => {
  expect(await Array.fromAsync(interleave([]))).toEqual([]);
});
