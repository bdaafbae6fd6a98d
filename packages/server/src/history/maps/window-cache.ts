import type { StepWindow } from "./step-window.ts";

/** Windows of runs, those that were not used for longest forgotten when all together are too large. */
export class WindowCache {
  readonly #maxBytes: number;
  readonly #windows = new Map<string, { readonly window: StepWindow; readonly bytes: number }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(run: number, from: number): StepWindow | undefined {
    const key = keyOf(run, from);
    const kept = this.#windows.get(key);
    if (kept === undefined) return undefined;
    this.#windows.delete(key);
    this.#windows.set(key, kept);
    return kept.window;
  }

  /** One that has grown since is to be set again. */
  set(run: number, window: StepWindow): void {
    const key = keyOf(run, window.from);
    this.#delete(key);
    const { bytes } = window;
    this.#windows.set(key, { window, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#windows.keys()) {
      if (this.#bytes <= this.#maxBytes || oldest === key) return;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#windows.get(key)?.bytes ?? 0;
    this.#windows.delete(key);
  }
}

function keyOf(run: number, from: number): string {
  return `${run}:${from}`;
}
