import { Counter, type CounterName, type Machine, type VmMemory } from "@ballast/core/memory";

/** Faults by who serves them; one access may have a guest fault and a host fault. */
export type Faults = {
  readonly guestMinor: number;
  readonly guestMajor: number;
  readonly hostMinor: number;
  readonly hostMajor: number;
  readonly sum: number;
};

/** Which counter, and which figure of a run, each kind of fault is. */
export const FAULT_COUNTERS = {
  guestMinor: "guestMinorFaults",
  guestMajor: "guestMajorFaults",
  hostMinor: "hostMinorFaults",
  hostMajor: "hostMajorFaults",
} as const satisfies Record<Exclude<keyof Faults, "sum">, CounterName>;

type Kind = keyof typeof FAULT_COUNTERS;

/** The kinds from a function of their counters' names, and their sum. */
export function faultsFrom(count: (name: (typeof FAULT_COUNTERS)[Kind]) => number): Faults {
  const { guestMinor, guestMajor, hostMinor, hostMajor } = FAULT_COUNTERS;
  const kinds = {
    guestMinor: count(guestMinor),
    guestMajor: count(guestMajor),
    hostMinor: count(hostMinor),
    hostMajor: count(hostMajor),
  };
  return { ...kinds, sum: kinds.guestMinor + kinds.guestMajor + kinds.hostMinor + kinds.hostMajor };
}

/** Up to a moment, of some or all VMs. */
export function faultsOfVms(vms: Iterable<VmMemory>): Faults {
  const machines = [...vms];
  return faultsFrom((name) => machines.reduce((sum, { counters }) => sum + counters[Counter[name]]!, 0));
}

export function faultsAt(machine: Machine): Faults {
  return faultsOfVms(machine.vms);
}
