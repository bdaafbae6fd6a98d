import { setImmediate as turn } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { createBoundedKernel, type FaultBound, type KernelInput } from "@ballast/core/kernel";
import { TickBudget } from "./tick-budget.ts";
import { BATCH_EVENTS } from "./reexecute.ts";

/**
 * Executes a run without commands again, to its end and without storing anything, and bounds its faults. The worker's
 * messages are read in between. null: the policy fails this time, which is no part of the run that has completed.
 */
export async function measureFaultBound(input: KernelInput): Promise<FaultBound | null> {
  try {
    return await executeBounded(input);
  } catch (error) {
    if (error instanceof BallastError && error.code.startsWith("POLICY_")) return null;
    throw error;
  }
}

async function executeBounded(input: KernelInput): Promise<FaultBound> {
  const { kernel, bound } = createBoundedKernel(input);
  const tickBudget = new TickBudget();
  while (kernel.status === "running") {
    const startedMs = performance.now();
    const before = kernel.actions;
    kernel.advance(BATCH_EVENTS, tickBudget.actions);
    tickBudget.measure(kernel.actions - before, performance.now() - startedMs);
    kernel.giveBack(kernel.takeBatch());
    await turn();
  }
  return bound();
}
