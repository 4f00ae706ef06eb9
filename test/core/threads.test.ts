import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { inOrder, type Threads } from "../../pipeline/core/threads.ts";
import { openTestThreads, type TestAnswers } from "./answering.ts";

let opened: Threads<TestAnswers>[] = [];
afterEach(async () => {
  await Promise.all(opened.map((threads) => threads.close()));
  opened = [];
});

function open(count: number): Threads<TestAnswers> {
  const threads = openTestThreads(count);
  opened.push(threads);
  return threads;
}

const NUMBERS = Array.from({ length: 40 }, (_, at) => at);

describe.each([0, 1, 2])("with %d threads", (count) => {
  test("every task has its own answer, however many are asked at once", async () => {
    const threads = open(count);
    const found = await Promise.all(NUMBERS.map((number) => threads.ask("double", number)));
    expect(found).toEqual(NUMBERS.map((number) => 2 * number));
  });

  test("answers come in the order of the tasks, though the first takes longest", async () => {
    const threads = open(count);
    const ask = (number: number) => threads.ask("late", { number, milliseconds: number === 0 ? 60 : 0 });
    expect(await Array.fromAsync(inOrder(NUMBERS, threads.atOnce, ask))).toEqual(NUMBERS);
  });

  test("nothing more is asked once the run is stopped", async () => {
    const stopping = new AbortController();
    const threads = openTestThreads(count, stopping.signal);
    opened.push(threads);
    expect(await threads.ask("double", 1)).toBe(2);
    stopping.abort(new Error("Stopped."));
    await expect(threads.ask("double", 2)).rejects.toThrow("Stopped.");
  });

  test("a task that fails rejects with its own words and ends nothing else", async () => {
    const threads = open(count);
    const [before, failed, after] = await Promise.allSettled([
      threads.ask("double", 1),
      threads.ask("fail", "no such stone"),
      threads.ask("double", 2),
    ]);
    expect([before, after]).toMatchObject([{ value: 2 }, { value: 4 }]);
    expect(failed).toMatchObject({ status: "rejected", reason: { message: "no such stone" } });
    expect(await threads.ask("double", 3)).toBe(6);
  });

  test("what all are told each of them remembers", async () => {
    const threads = open(count);
    await threads.askAll("learn", "granite");
    await threads.askAll("learn", "slate");
    const ask = () => threads.ask("known", undefined);
    for await (const known of inOrder(NUMBERS, threads.atOnce, ask))
      expect(known).toEqual(["granite", "slate"]);
  });

  test("what is told to all rejects where one fails at it", async () => {
    await expect(open(count).askAll("fail", "no such stone")).rejects.toThrow("no such stone");
  });
});

test("without threads the answers are given where they are asked", async () => {
  expect(await open(0).ask("thread", undefined)).toBe(0);
});

test("tasks are shared among all threads, and none is done where they are asked", async () => {
  const threads = open(2);
  const found = await Promise.all(NUMBERS.map(() => threads.ask("thread", undefined)));
  expect(new Set(found).size).toBe(2);
  expect(found).not.toContain(0);
});

test("an answer that cannot be handed over rejects, and the thread goes on", async () => {
  const threads = open(1);
  await expect(threads.ask("unsendable", undefined)).rejects.toThrow(/could not be cloned/u);
  expect(await threads.ask("double", 3)).toBe(6);
});

describe("a thread that ends early", () => {
  test("rejects what it had at hand, and says with which exit code it ended", async () => {
    const threads = open(1);
    const found = await Promise.allSettled([threads.ask("die", 7), threads.ask("double", 1)]);
    for (const one of found)
      expect(one).toMatchObject({
        status: "rejected",
        reason: { code: "DEFECT", message: "A thread ended early, with exit code 7." },
      });
  });

  test("by an error that nothing caught rejects with that error", async () => {
    const threads = open(1);
    await threads.ask("break", "the river rose");
    const later = () => threads.ask("double", 1).catch((cause: Error) => cause.message);
    await expect.poll(later).toBe("the river rose");
  });

  test("lets no later task wait for ever, neither one nor one for all", async () => {
    const threads = open(2);
    await expect(threads.ask("die", 7)).rejects.toThrow("exit code 7");
    await expect(threads.askAll("learn", "slate")).rejects.toThrow("exit code 7");
    await expect(threads.ask("double", 1)).rejects.toThrow("exit code 7");
  });

  test("leaves no task waiting that it would have had to take up", async () => {
    const threads = open(1);
    const found = await Promise.allSettled([
      threads.ask("die", 7),
      ...NUMBERS.map((number) => threads.ask("double", number)),
    ]);
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["rejected"]));
  });
});

test("closing ends the threads and rejects what they had", async () => {
  const threads = open(1);
  const asked = threads.ask("late", { number: 1, milliseconds: 5_000 });
  asked.catch(() => {}); // awaited below
  await threads.close();
  await expect(asked).rejects.toThrow("A thread ended early");
});

describe("in order", () => {
  test("all answers come, with no more under way than may be", async () => {
    const anyTasks = fc.array(fc.record({ number: fc.nat(), turns: fc.nat(4) }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(anyTasks, fc.integer({ min: 1, max: 5 }), async (tasks, atOnce) => {
        let [underWay, most] = [0, 0];
        const ask = async ({ number, turns }: (typeof tasks)[number]) => {
          underWay += 1;
          most = Math.max(most, underWay);
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          underWay -= 1;
          return number;
        };
        const found = await Array.fromAsync(inOrder(tasks, atOnce, ask));
        expect(found).toEqual(tasks.map(({ number }) => number));
        expect(most).toBeLessThanOrEqual(atOnce);
      }),
    );
  });

  test("the first failure stops it, and those behind it end nothing", async () => {
    const ask = async (number: number) => {
      if (number >= 2) throw new RangeError(`no stone ${number}`);
      return number;
    };
    const found: number[] = [];
    const all = async () => {
      for await (const number of inOrder(NUMBERS, 4, ask)) found.push(number);
    };
    await expect(all()).rejects.toThrow("no stone 2");
    expect(found).toEqual([0, 1]);
  });
});
