/** A sleep until there is news, for at most a given time; news that arrive between two sleeps are not lost. */
export class WakeUp {
  #isDue = false;
  #wake: (() => void) | undefined;

  /** There are news. */
  ring(): void {
    this.#isDue = true;
    this.#wake?.();
  }

  /** Returns immediately if there were news since the last sleep. @throws the signal's reason when it aborts. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#isDue) await this.#untilRung(ms, signal);
    this.#isDue = false;
    signal?.throwIfAborted();
  }

  async #untilRung(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener("abort", end);
      this.#wake = end;
    });
    this.#wake = undefined;
  }
}
