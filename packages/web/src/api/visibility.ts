/** Resolves as soon as the tab is looked at, immediately if it is; also when the signal aborts. */
export function whenVisible(signal: AbortSignal): Promise<void> {
  if (!document.hidden || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
  });
}

/** Calls back once when the tab is hidden, until the returned function is called. */
export function onceHidden(then: () => void): () => void {
  const look = (): void => {
    if (!document.hidden) return;
    stop();
    then();
  };
  const stop = (): void => document.removeEventListener("visibilitychange", look);
  document.addEventListener("visibilitychange", look);
  return stop;
}
