/** Work that takes a processor for seconds: one request's at a time, in the order in which they came. */
export class OneAtATime {
  #last: Promise<void> = Promise.resolve();

  /** Waits for its turn, then does the work. @throws the signal's reason if it aborts before; what the work throws. */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const before = this.#last;
    const done = Promise.withResolvers<void>();
    this.#last = before.then(() => done.promise);
    try {
      await untilAborted(before, signal);
      return await work();
    } finally {
      done.resolve();
    }
  }
}

async function untilAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => aborted.resolve(), { once: true });
  await Promise.race([turn, aborted.promise]);
  signal.throwIfAborted();
}
