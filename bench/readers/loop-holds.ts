import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LoopHolds } from "./messages.ts";

/** Watches the event loop of the thread that it is made in. */
export class LoopWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: 1 });
  readonly #begunMs = performance.now();
  readonly #begunCpuMs = cpuMs();
  #lastCpuMs = cpuMs();
  #longestCpuMs = 0;

  constructor() {
    this.#delay.enable();
    setInterval(() => {
      const nowMs = cpuMs();
      this.#longestCpuMs = Math.max(this.#longestCpuMs, nowMs - this.#lastCpuMs);
      this.#lastCpuMs = nowMs;
    }, 1).unref();
  }

  report(): LoopHolds {
    const share = (cpuMs() - this.#begunCpuMs) / (performance.now() - this.#begunMs);
    return { longestMs: this.#delay.max / 1e6, longestProcessorMs: this.#longestCpuMs, processorShare: share };
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
