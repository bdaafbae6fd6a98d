import type { Host } from "../state/host.ts";
import type { KernelInput, KernelStatus } from "./kernel-contract.ts";
import type { PolicyDesk } from "../policy/policy-desk.ts";
import type { Timetable } from "./timetable.ts";

/** The parts of a simulation; a snapshot holds the state of each. */
export type SimulationParts = {
  readonly input: KernelInput;
  readonly host: Host;
  readonly desk: PolicyDesk;
  readonly timetable: Timetable;
  /** Periods in a row at which the policy was asked while every VM with work was blocked. */
  blockedPeriods: number;
  actions: number;
  status: KernelStatus;
};
