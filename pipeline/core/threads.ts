import { parentPort, Worker } from "node:worker_threads";
import { PapersetError } from "./errors.ts";

/** Functions by their names that a thread can be asked to run: plain data in and out. */
// biome-ignore lint/suspicious/noExplicitAny: only any fits functions of every kind of task
export type Answers = Readonly<Record<string, (task: any) => unknown>>;

/** Threads that answer tasks. With none of them the tasks are answered where they are asked. */
export interface Threads<A extends Answers> {
  /** Hands a task to the next free thread. */
  ask<K extends keyof A & string>(kind: K, task: Parameters<A[K]>[0]): Promise<ReturnType<A[K]>>;
  /** Hands a task to every thread, for what they have to remember. */
  askAll<K extends keyof A & string>(kind: K, task: Parameters<A[K]>[0]): Promise<void>;
  /** So many tasks are worth having under way at once. */
  readonly atOnce: number;
  close(): Promise<void>;
}

interface Asked {
  readonly kind: string;
  readonly task: unknown;
}

interface Waiting extends Asked {
  done(answer: unknown): void;
  failed(cause: unknown): void;
}

type Outcome = { readonly answer: unknown } | { readonly failure: unknown };

/** One thread and the tasks that it has at hand. */
class Thread {
  private readonly worker: Worker;
  private readonly atHand: Waiting[] = [];
  private readonly onFree: () => void;
  /** Why it ended, once it has. */
  private end: { readonly cause: unknown } | null = null;

  constructor(script: URL, onFree: () => void) {
    this.onFree = onFree;
    this.worker = new Worker(script);
    this.worker.on("message", (outcome: Outcome) => {
      const task = this.atHand.shift();
      if ("failure" in outcome) task?.failed(outcome.failure);
      else task?.done(outcome.answer);
      onFree();
    });
    this.worker.on("error", (cause) => this.fail(cause));
    this.worker.on("exit", (code) =>
      this.fail(new PapersetError("DEFECT", `A thread ended early, with exit code ${code}.`)),
    );
  }

  get load(): number {
    return this.atHand.length;
  }

  send(waiting: Waiting): void {
    const { kind, task } = waiting;
    if (this.end === null) {
      this.atHand.push(waiting);
      this.worker.postMessage({ kind, task } satisfies Asked);
    } else waiting.failed(this.end.cause);
  }

  /** What it had at hand fails, and all that it is handed later: nobody is left to answer. */
  private fail(cause: unknown): void {
    this.end ??= { cause };
    for (const task of this.atHand.splice(0)) task.failed(this.end.cause);
    this.onFree();
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}

/** Tasks that a thread has at hand, so that the next one need not be waited for. */
const AHEAD = 2;

function openWorkers<A extends Answers>(script: URL, count: number): Threads<A> {
  const waiting: Waiting[] = [];
  const assign = () => {
    for (;;) {
      const free = threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
      const next = free.load < AHEAD ? waiting.shift() : undefined;
      if (next === undefined) return;
      free.send(next);
    }
  };
  const threads = Array.from({ length: count }, () => new Thread(script, assign));
  return {
    atOnce: count * AHEAD,
    ask: (kind, task) =>
      new Promise<unknown>((done, failed) => {
        waiting.push({ kind, task, done, failed });
        assign();
      }) as Promise<ReturnType<A[typeof kind]>>,
    async askAll(kind, task) {
      const send = (thread: Thread) =>
        new Promise<unknown>((done, failed) => thread.send({ kind, task, done, failed }));
      await Promise.all(threads.map(send));
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/**
 * Opens so many threads that run `script`, which serves the same answers; with none the answers are given here. A task
 * that fails rejects, and ends nothing else; what a thread that ended has or gets rejects too.
 */
export function openThreads<A extends Answers>(
  script: URL,
  count: number,
  here: () => A,
  signal: AbortSignal,
): Threads<A> {
  const threads = count > 0 ? openWorkers<A>(script, count) : answeringHere(here);
  return {
    ...threads,
    // nothing more is asked once the run is stopped
    async ask(kind, task) {
      signal.throwIfAborted();
      return threads.ask(kind, task);
    },
  };
}

function answeringHere<A extends Answers>(here: () => A): Threads<A> {
  const answers = here();
  return {
    atOnce: 1,
    ask: async (kind, task) => answers[kind]?.(task) as ReturnType<A[typeof kind]>,
    async askAll(kind, task) {
      answers[kind]?.(task);
    },
    async close() {},
  };
}

/** Gives the answers to what the thread that this is called in is asked. */
export function serve(answers: Answers): void {
  parentPort?.on("message", ({ kind, task }: Asked) => {
    try {
      parentPort?.postMessage({ answer: answers[kind]?.(task) } satisfies Outcome);
    } catch (failure) {
      parentPort?.postMessage({ failure } satisfies Outcome);
    }
  });
}

/** The answers in the order of the tasks, with no more than so many under way. */
export async function* inOrder<Task, Answer>(
  tasks: Iterable<Task>,
  atOnce: number,
  ask: (task: Task) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const underWay: Promise<Answer>[] = [];
  for (const task of tasks) {
    const answer = ask(task);
    answer.catch(() => {}); // awaited below; a rejection before that must not end the process
    underWay.push(answer);
    const first = underWay.length >= atOnce ? underWay.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const answer of underWay) yield await answer;
}
