import { setTimeout as wait } from "node:timers/promises";
import { isMainThread, threadId } from "node:worker_threads";
import { openThreads, serve, type Threads } from "../../pipeline/core/threads.ts";

/** Answers of the tests: a thread that runs this file gives them. */
export function answers() {
  const known: string[] = [];
  return {
    double: (number: number) => 2 * number,
    /** Answers so many milliseconds later, with nothing else done meanwhile. */
    late({ number, milliseconds }: { readonly number: number; readonly milliseconds: number }) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
      return number;
    },
    fail(words: string): number {
      throw new RangeError(words);
    },
    /** Something that no thread can hand to another. */
    unsendable: () => () => 0,
    learn: (word: string) => void known.push(word),
    known: () => [...known],
    thread: () => threadId,
    /** Ends the thread, as a lack of memory does. */
    die: (code: number): number => process.exit(code),
    /** Throws where nothing catches it. */
    break: (words: string) =>
      void wait(0).then(() => {
        throw new RangeError(words);
      }),
  };
}
export type TestAnswers = ReturnType<typeof answers>;

export const openTestThreads = (count: number, signal = new AbortController().signal): Threads<TestAnswers> =>
  openThreads<TestAnswers>(new URL(import.meta.url), count, answers, signal);

if (!isMainThread) serve(answers());
