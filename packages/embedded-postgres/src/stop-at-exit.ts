/** What one user of a server does when its process ends. */
export type ExitDuty = {
  /** In order, and awaited: the process is being ended by a signal without another handler. */
  readonly leave: () => Promise<void>;
  /** Immediately, without waiting: the process is exiting. */
  readonly abandon: () => void;
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const duties = new Set<ExitDuty>();

/** Returns the function that takes the duty back. A process killed by SIGKILL does nothing: the next start recovers. */
export function atExit(duty: ExitDuty): () => void {
  if (duties.size === 0) listen();
  duties.add(duty);
  return () => {
    if (duties.delete(duty) && duties.size === 0) unlisten();
  };
}

function listen(): void {
  process.on("exit", abandonAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off("exit", abandonAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function abandonAll(): void {
  for (const duty of duties) duty.abandon();
}

/** Another listener of the signal ends the process in its own order, and stops Postgres last. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  const leaving = [...duties].map((duty) => duty.leave());
  void Promise.allSettled(leaving).then(() => {
    unlisten();
    process.kill(process.pid, signal);
  });
}
