import { Worker } from "node:worker_threads";
import { assert } from "@ballast/core/assert";
import type { Report } from "./report.ts";

/** What Node runs: the source, or what was built from it. */
const ENTRY = new URL(`page-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** What draws takes a second to load, and tens of megabytes: the thread is kept for the next report, but not for long. */
const KEPT_MS = 60_000;

/** Draws reports in a thread, one at a time: one takes up to a second, in which a server could do nothing else. An idle thread keeps no process. */
export class PageThread {
  #worker: Worker | undefined;
  #isBusy = false;
  #idle: NodeJS.Timeout | undefined;

  /** As `reportPage`. @throws the signal's reason when it aborts, which ends the thread; the thread's error. */
  async draw(report: Report, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    assert(!this.#isBusy, "a thread draws one report at a time");
    this.#isBusy = true;
    clearTimeout(this.#idle);
    this.#worker ??= new Worker(ENTRY, { name: "ballast report" });
    this.#worker.ref();
    try {
      const page = await drawnBy(this.#worker, report, signal);
      this.#worker.unref();
      this.#idle = setTimeout(() => void this.close(), KEPT_MS).unref();
      return page;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#isBusy = false;
    }
  }

  /** Ends the thread; another report starts a new one. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

async function drawnBy(worker: Worker, report: Report, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const onExit = (code: number): void => reject(new Error(`the thread that draws a report ended with code ${code} before its page`));
  const onAbort = (): void => reject(signal.reason);
  worker.once("message", resolve).once("error", reject).once("exit", onExit);
  signal.addEventListener("abort", onAbort, { once: true });
  worker.postMessage(report);
  try {
    return await promise;
  } finally {
    worker.off("message", resolve).off("error", reject).off("exit", onExit);
    signal.removeEventListener("abort", onAbort);
  }
}
