/**
 * Values of several sources as they come. Each source goes on only when its last value has been taken, so a slow
 * reader holds all of them back. An error of one is thrown, after which no other is asked on.
 */
export async function* interleave<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const next = (iterator: AsyncIterator<T>) =>
    iterator.next().then((result) => ({ iterator, result }) as const);
  const waiting = new Map(iterators.map((iterator) => [iterator, next(iterator)]));
  try {
    while (waiting.size > 0) {
      const { iterator, result } = await Promise.race(waiting.values());
      waiting.delete(iterator);
      if (result.done === true) continue;
      yield result.value;
      waiting.set(iterator, next(iterator));
    }
  } finally {
    for (const [iterator, pending] of waiting) {
      pending.catch(() => {}); // the first error is the one to tell of
      void iterator.return?.().catch(() => {});
    }
  }
}
