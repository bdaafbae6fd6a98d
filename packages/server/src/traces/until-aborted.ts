/**
 * Passes pieces on until the signal aborts, then throws its reason immediately, even while no piece arrives.
 * The source of the pieces is asked to end, but not waited for: it may never react.
 */
export async function* untilAborted<Piece>(pieces: AsyncIterable<Piece>, signal: AbortSignal | undefined): AsyncGenerator<Piece> {
  if (signal === undefined) {
    yield* pieces;
    return;
  }
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  // Aborted between two pieces: the next one tells.
  aborted.promise.catch(() => undefined);
  signal.addEventListener("abort", abort, { once: true });
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted.promise]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", abort);
    iterator.return?.().catch(() => undefined);
  }
}
