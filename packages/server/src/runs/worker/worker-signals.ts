/**
 * `release`: save and give the run back, to be continued immediately, here or elsewhere.
 * `park`: the same, if the run is paused or waiting.
 */
export type Interruption = "release" | "park";

/** What the main thread tells a worker while it executes a run. */
export class WorkerSignals {
  interruption: Interruption | null = null;
  #hasCommands = true;
  #wake: (() => void) | undefined;

  /** There may be commands in the run's inbox. */
  announceCommands(): void {
    this.#hasCommands = true;
    this.#wake?.();
  }

  interrupt(how: Interruption): void {
    if (this.interruption !== "release") this.interruption = how;
    this.#wake?.();
  }

  get hasCommands(): boolean {
    return this.#hasCommands;
  }

  /** Says once that the inbox is to be read. */
  takeAnnouncement(): boolean {
    const announced = this.#hasCommands;
    this.#hasCommands = false;
    return announced;
  }

  /** Sleeps until something is told, at most so long. */
  async sleep(ms: number): Promise<void> {
    if (this.#hasCommands || this.interruption !== null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
