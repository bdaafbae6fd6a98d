import type { Policy } from "@ballast/core/policy";
import { type Bounded, type Simulation, simulate, simulateBounded, type Simulated } from "./simulate.ts";

/** What a check works with: the installed policies, and kernels in memory. Nothing of it needs a database. */
export type TestBench = {
  /** @throws BallastError POLICY_NOT_FOUND. */
  readonly policy: (name: string) => Policy;
  /** Runs a scenario to its end. Lets other work have its turn in between, and ends early by the signal's reason. */
  readonly simulate: (simulation: Simulation) => Promise<Simulated>;
  /** The same, and the fewest faults that were possible on the run's accesses. */
  readonly simulateBounded: (simulation: Simulation) => Promise<Bounded>;
};

/** Where the checks find the policies that their scenarios name. */
export type PolicySource = {
  /** @throws BallastError POLICY_NOT_FOUND. */
  readonly getPolicy: (name: string) => Policy;
};

export function createTestBench(policies: PolicySource, signal: AbortSignal): TestBench {
  const policy = policies.getPolicy;
  return {
    policy,
    simulate: (simulation) => simulate(simulation, policy, signal),
    simulateBounded: (simulation) => simulateBounded(simulation, policy, signal),
  };
}
