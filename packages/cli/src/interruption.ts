import { EXIT_CODES, type ExitName } from "./exit-code.ts";

/** The process was asked to end. Not a failure: each caller stops what it has started, and reports nothing more. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitName: ExitName;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.exitName = signal === "SIGINT" ? "interrupted" : "terminated";
  }
}

export type Interruption = {
  /** Aborts with an `Interrupted` as its reason at the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** As if the signal had come. */
  interrupt(signal: NodeJS.Signals): void;
  /** Passes signals on instead. Returns what ends that. */
  readonly handOver: (pass: (signal: NodeJS.Signals) => void) => () => void;
  /** Gives the signals back. */
  stopListening(): void;
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * One signal arrives twice within this time when a terminal and a parent (npm, npx) both send it: still one Ctrl-C.
 */
const SAME_KEYSTROKE_MS = 1_000;

/** The first signal asks for an orderly end; the next one forces it, with what is left to the exit handlers. */
export function listenForInterruption(tell: (message: string) => void): Interruption {
  const controller = new AbortController();
  let firstAt = 0;
  let passOn: ((signal: NodeJS.Signals) => void) | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (passOn !== undefined) return passOn(signal);
    const interrupted = new Interrupted(signal);
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      controller.abort(interrupted);
    } else if (performance.now() - firstAt > SAME_KEYSTROKE_MS) {
      tell("Forced to end immediately.");
      process.exit(EXIT_CODES[interrupted.exitName].code);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    interrupt: onSignal,
    handOver: (pass) => {
      passOn = pass;
      return () => (passOn = undefined);
    },
    stopListening: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

/** What `work` gives, unless the signal aborts first: then it throws the signal's reason, and the work is left alone. */
export async function unlessInterrupted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Waits for the signal. Being asked to end is how such a wait is meant to end, so that nothing is thrown. */
export async function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
