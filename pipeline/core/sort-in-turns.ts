import { setImmediate } from "node:timers/promises";

/** So many are sorted or merged before others have their turn: some 40 ms. */
const RUN = 1 << 14;

/**
 * The numbers from 0 to below `count`, as `compare` orders them; equal ones as they are. Sorting hundreds of thousands at
 * once would hold the process up for seconds, and with it whoever stops it.
 */
export async function sortInTurns(
  count: number,
  compare: (a: number, b: number) => number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, number) => number);
  let to = new Uint32Array(count);
  const pause = async () => {
    await setImmediate();
    signal.throwIfAborted();
  };
  for (let start = 0; start < count; start += RUN) {
    from.subarray(start, start + RUN).sort(compare);
    await pause();
  }
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, count), Math.min(start + 2 * width, count)];
      let [left, right] = [start, middle];
      for (let at = start; at < end; at += 1) {
        const [a, b] = [from[left] ?? 0, from[right] ?? 0];
        const isLeft = right === end || (left < middle && compare(a, b) <= 0);
        to[at] = isLeft ? a : b;
        if (isLeft) left += 1;
        else right += 1;
        if (at % RUN === 0) await pause();
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
