import type { Host } from "./host.ts";
import type { KernelInput, KernelStatus } from "./kernel-contract.ts";
import type { PolicyDesk } from "./policy-desk.ts";
import type { Timetable } from "./timetable.ts";

/** The parts of a simulation; a snapshot holds the state of each. */
export type SimulationParts = {
  readonly input: KernelInput;
  readonly host: Host;
  readonly desk: PolicyDesk;
  readonly timetable: Timetable;
  actions: number;
  status: KernelStatus;
};
