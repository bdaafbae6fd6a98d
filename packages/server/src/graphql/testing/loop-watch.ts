/** What a server's thread went through while it answered. */
export type Strain = {
  /** Longest time without a turn of the event loop, in ms. */
  readonly holdMs: number;
  /** The same in processor time of this thread: what other programs took from it is not in it. */
  readonly holdCpuMs: number;
  /** All processor time of this thread, in ms. */
  readonly workMs: number;
  /** Highest resident memory above that at the start, in MiB. */
  readonly peakMib: number;
};

/** Looks at the event loop and at the memory every millisecond. */
export class LoopWatch {
  #hold = 0;
  #holdCpu = 0;
  #peak = 0;
  readonly #start = process.memoryUsage.rss();
  readonly #startCpu = cpuMs();
  #last = performance.now();
  #lastCpu = cpuMs();
  readonly #timer = setInterval(() => this.#look(), 1);

  #look(): void {
    const [now, cpu] = [performance.now(), cpuMs()];
    this.#hold = Math.max(this.#hold, now - this.#last);
    this.#holdCpu = Math.max(this.#holdCpu, cpu - this.#lastCpu);
    this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
    [this.#last, this.#lastCpu] = [now, cpu];
  }

  end(): Strain {
    this.#look();
    clearInterval(this.#timer);
    const workMs = this.#lastCpu - this.#startCpu;
    return { holdMs: this.#hold, holdCpuMs: this.#holdCpu, workMs, peakMib: Math.max(0, this.#peak - this.#start) / 2 ** 20 };
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
