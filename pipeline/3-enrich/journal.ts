import { appendFile, open, truncate } from "node:fs/promises";
import { systemCode } from "../core/errors.ts";
import { readJsonLines, unwritable } from "../core/files.ts";
import type { DatedAnswer } from "./repository.ts";

/** Finished checks, appended before the next are asked for: what a crash must not lose. */
export interface Journal {
  /** Every answer kept so far, oldest first. */
  readonly answers: readonly DatedAnswer[];
  append(answers: readonly DatedAnswer[]): Promise<void>;
}

/** Cuts off what a crash left behind the last whole line. */
async function repairTail(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 1 << 16));
    await file.read(tail, 0, tail.length, size - tail.length);
    const whole = tail.lastIndexOf(0x0a) + 1;
    if (whole < tail.length) await truncate(path, size - tail.length + whole);
  } finally {
    await file.close();
  }
}

/** Opens the journal at `path`, which need not exist; a torn last line is cut off. */
export async function openJournal(path: string): Promise<Journal> {
  const answers: DatedAnswer[] = [];
  try {
    await repairTail(path);
    for await (const answer of readJsonLines<DatedAnswer>(path)) answers.push(answer);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  return {
    answers,
    async append(finished) {
      const lines = finished.map((answer) => `${JSON.stringify(answer)}\n`).join("");
      await appendFile(path, lines, { flush: true }).catch((cause: unknown) =>
        Promise.reject(unwritable(path, cause)),
      );
    },
  };
}
