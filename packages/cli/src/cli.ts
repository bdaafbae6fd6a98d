import type { Output } from "./output/output.ts";
import type { Progress } from "./output/progress.ts";

/** What every command gets from the process it runs in. */
export type Cli = {
  readonly output: Output;
  readonly progress: Progress;
  /** Aborts with an `Interrupted` when the process is asked to end. */
  readonly signal: AbortSignal;
  /** From now on signals are passed to a child that has the terminal, and abort nothing. Returns what ends that. */
  readonly handOver: (pass: (signal: NodeJS.Signals) => void) => () => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from, and where ballast.config.json is looked for first. */
  readonly folder: string;
};
