import type { Policy } from "@ballast/core/policy";
import type { PolicyRegistry } from "../installed-policies/index.ts";
import type { Check } from "./check.ts";
import { createLaboratory } from "./lab/laboratory.ts";
import { type CheckReport, runCheck } from "./run-check.ts";

export type RunChecks = {
  readonly policies: Pick<PolicyRegistry<Policy>, "getPolicy">;
  readonly signal: AbortSignal;
  /** Called before each check, with how many are done. */
  readonly onCheck?: (check: Check, done: number) => void;
};

/** Runs checks one after the other and gives each report as soon as it is there. */
export async function* runChecks(
  checks: readonly Check[],
  { policies, signal, onCheck }: RunChecks,
): AsyncGenerator<CheckReport> {
  const laboratory = createLaboratory(policies, signal);
  for (const [done, check] of checks.entries()) {
    signal.throwIfAborted();
    onCheck?.(check, done);
    yield await runCheck(check, laboratory);
  }
}
