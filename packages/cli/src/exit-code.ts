import { BallastError, type ErrorCode } from "@ballast/core/errors";

/** docs/cli.md repeats this table, and a test holds the two together. */
export const EXIT_CODES = {
  ok: { code: 0, description: "done; also a `serve` that was stopped by Ctrl-C, and output that its reader closed" },
  failed: {
    code: 1,
    description:
      "what was asked for is right, but it failed: the run, the database, the port; also a `serve` that ended itself after a fault, which its log has",
  },
  wrongInput: { code: 2, description: "the command line, a name, a scenario, a trace or the configuration is wrong; nothing was changed" },
  differs: {
    code: 3,
    description: "a check found a difference: `verify` diverged, `reproduce` is out of tolerance, or a stored history is damaged",
  },
  internal: { code: 70, description: "a fault of Ballast itself; please report it" },
  interrupted: { code: 130, description: "Ctrl-C (SIGINT) before it was done; what it had started is stopped" },
  terminated: { code: 143, description: "SIGTERM before it was done; what it had started is stopped" },
} as const;

/** A program that a command has run in its place ended so; its exit code is the command's. */
export class ChildEnded extends Error {
  override readonly name = "ChildEnded";
  readonly code: number;

  constructor(code: number) {
    super(`the program ended with exit code ${code}`);
    this.code = code;
  }
}

export type ExitName = keyof typeof EXIT_CODES;

const WRONG_INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "SCENARIO_INVALID",
  "SCENARIO_NOT_FOUND",
  "POLICY_NOT_FOUND",
  "POLICY_PARAMETER_INVALID",
  "POLICY_PACKAGE_INVALID",
  "MEMORY_EXCEEDED",
  "TRACE_NOT_FOUND",
  "TRACE_INVALID",
  "TRACE_EXISTS",
  "BACKUP_INVALID",
  "BACKUP_FILE",
  "RUN_EXISTS",
  "RUN_NOT_FOUND",
  "EXPERIMENT_NOT_FOUND",
  "POSITION_OUT_OF_RANGE",
  "COMMAND_INVALID",
  "CURSOR_INVALID",
  "INPUT_INVALID",
]);

const DIFFERS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["RUN_DIVERGED", "HISTORY_DAMAGED", "REPRODUCTION_DIFFERS"]);

export function exitNameOf(error: unknown): ExitName {
  if (!(error instanceof BallastError) || error.code === "INTERNAL") return "internal";
  if (WRONG_INPUT.has(error.code)) return "wrongInput";
  return DIFFERS.has(error.code) ? "differs" : "failed";
}
