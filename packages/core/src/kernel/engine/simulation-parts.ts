import type { HostRuntime } from "../state/host-runtime.ts";
import type { KernelInput, KernelStatus } from "./kernel-contract.ts";
import type { PolicyRunner } from "../policy/policy-runner.ts";
import type { Schedule } from "./schedule.ts";

/** The parts of a simulation; a snapshot holds the state of each. */
export type SimulationParts = {
  readonly input: KernelInput;
  readonly host: HostRuntime;
  readonly policyRunner: PolicyRunner;
  readonly schedule: Schedule;
  /** Periods in a row at which the policy was asked while every VM with work was suspended. */
  suspendedPeriods: number;
  actions: number;
  status: KernelStatus;
};
