import type { Check } from "./check.ts";
import { createTestBench, type PolicySource } from "./lab/test-bench.ts";
import { type CheckReport, runCheck } from "./run-check.ts";

export type RunChecks = {
  readonly policies: PolicySource;
  readonly signal: AbortSignal;
  /** Called before each check, with how many are done. */
  readonly onCheck?: (check: Check, done: number) => void;
};

/** Runs checks one after the other and gives each report as soon as it is there. */
export async function* runChecks(checks: readonly Check[], { policies, signal, onCheck }: RunChecks): AsyncGenerator<CheckReport> {
  const testBench = createTestBench(policies, signal);
  for (const [done, check] of checks.entries()) {
    signal.throwIfAborted();
    onCheck?.(check, done);
    yield await runCheck(check, testBench);
  }
}
