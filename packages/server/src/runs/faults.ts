import { Counter, type CounterName, faultsOf, type Machine, type VmMemory } from "@ballast/core/memory";

/** Faults, and by who serves them; one access may have a guest fault and a host fault. */
export type Faults = {
  /** `faults` of `Figures`; null where an earlier version stored the figures without it. */
  readonly all: number | null;
  readonly guestMinor: number;
  readonly guestMajor: number;
  readonly hostMinor: number;
  readonly hostMajor: number;
};

/** Which counter, and which figure of a run, each kind of fault is. */
export const FAULT_COUNTERS = {
  guestMinor: "guestMinorFaults",
  guestMajor: "guestMajorFaults",
  hostMinor: "hostMinorFaults",
  hostMajor: "hostMajorFaults",
} as const satisfies Record<Exclude<keyof Faults, "all">, CounterName>;

type Kind = keyof typeof FAULT_COUNTERS;

/** The kinds from a function of their counters' names. */
export function faultsFrom(all: number | null, count: (name: (typeof FAULT_COUNTERS)[Kind]) => number): Faults {
  const { guestMinor, guestMajor, hostMinor, hostMajor } = FAULT_COUNTERS;
  return {
    all,
    guestMinor: count(guestMinor),
    guestMajor: count(guestMajor),
    hostMinor: count(hostMinor),
    hostMajor: count(hostMajor),
  };
}

/** Up to a moment, of some or all VMs. */
export function faultsOfVms(vms: Iterable<VmMemory>): Faults {
  const machines = [...vms];
  const all = machines.reduce((sum, { counters }) => sum + faultsOf(counters), 0);
  return faultsFrom(all, (name) => machines.reduce((sum, { counters }) => sum + counters[Counter[name]]!, 0));
}

export function faultsAt(machine: Machine): Faults {
  return faultsOfVms(machine.vms);
}
