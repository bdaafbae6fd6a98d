import { signal } from "@preact/signals";

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 5_000;

/** Whether the server has answered lately. While it is false, `/livez` is asked until it answers. */
export const isConnected = signal(true);
/** Counts up whenever the server answers again after it did not: what is shown may have changed meanwhile. */
export const reconnections = signal(0);

/** A request got no answer. */
export function onUnreachable(): void {
  if (!isConnected.value) return;
  isConnected.value = false;
  void waitForServer();
}

/** Resolves as soon as the server answers, immediately if it does. */
export function whenConnected(): Promise<void> {
  if (isConnected.value) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = isConnected.subscribe((is) => {
      if (!is) return;
      // The subscription calls back before it has returned what ends it.
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

async function waitForServer(): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(MAX_WAIT_MS, waitMs * 1.5)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (!(await isAlive())) continue;
    isConnected.value = true;
    reconnections.value += 1;
    return;
  }
}

async function isAlive(): Promise<boolean> {
  try {
    return (await fetch("/livez", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
