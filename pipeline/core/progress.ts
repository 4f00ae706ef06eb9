import { SingleBar } from "cli-progress";
import type { Log, ProgressDetails } from "./effects.ts";

/** Where words go: a terminal, a log file, or a test. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
}

export interface ClosableLog extends Log {
  /** Ends what is shown of progress. */
  close(): void;
}

/** Away from a terminal, one line of progress now and then. */
const LINE_EVERY_MS = 10_000;

/** A length of time as people read it. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Figures beside progress, in the words of a line. */
function detailWords(details: ProgressDetails = {}): string {
  return Object.entries(details)
    .map(([name, value]) => `, ${name} ${value}`)
    .join("");
}

/** Events for programs: one JSON object a line. */
export function jsonLog(output: Output): ClosableLog {
  const event = (data: object) => output.write(`${JSON.stringify(data)}\n`);
  return {
    say: (level, message, data) => event({ event: level, message, ...(data === undefined ? {} : { data }) }),
    progress: (stage, done, total, details) =>
      event({ event: "progress", stage, done, total, ...(details === undefined ? {} : { details }) }),
    close() {},
  };
}

/** Lines for a log file: sentences, and how far a long stage is, with its rate and remaining time. */
export function lineLog(output: Output, now: () => Date): ClosableLog {
  let last = now().getTime();
  let started = { stage: "", at: last };
  return {
    say: (_level, message) => output.write(`${message}\n`),
    progress(stage, done, total, details) {
      const time = now().getTime();
      if (started.stage !== stage) started = { stage, at: time };
      if (time - last < LINE_EVERY_MS) return;
      last = time;
      const rate = done / Math.max(1, (time - started.at) / 1000);
      const left = total === null || rate === 0 ? "" : `, ${clockTime((total - done) / rate)} left`;
      output.write(
        `${stage}: ${done}${total === null ? "" : ` of ${total}`} (${rate.toFixed(1)}/s${left})${detailWords(details)}\n`,
      );
    },
    close() {},
  };
}

/** A bar on a terminal where the total is known, else a count; sentences stand above it. */
export function barLog(output: Output): ClosableLog {
  let bar: SingleBar | null = null;
  let shown = "";
  const close = () => {
    bar?.stop();
    bar = null;
    shown = "";
  };
  const open = (stage: string, total: number | null) => {
    const amount = total === null ? "{value}" : "[{bar}] {value} of {total}, {eta_formatted} left";
    bar = new SingleBar({
      format: `{stage} ${amount}, {rate}/s{details}`,
      stream: process.stderr,
      hideCursor: null,
      clearOnComplete: true,
      etaBuffer: 100,
    });
    bar.start(total ?? 0, 0, { stage, rate: 0, details: "" });
    shown = stage;
    return Date.now();
  };
  let started = 0;
  return {
    say(_level, message) {
      close();
      output.write(`${message}\n`);
    },
    progress(stage, done, total, details) {
      if (stage !== shown) {
        close();
        started = open(stage, total);
      }
      const rate = Math.round(done / Math.max(0.001, (Date.now() - started) / 1000));
      bar?.update(done, { stage, rate, details: detailWords(details) });
    },
    close,
  };
}
