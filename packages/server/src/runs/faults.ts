import { Counter, type CounterName, faultsOf, type MachineOutline, type VmOutline } from "@ballast/core/memory";
import { knownOrNull } from "@ballast/core/metrics";

/** Faults, and by who serves them; one access may have a guest fault and a host fault. */
export type Faults = {
  /** `faults` of `VmMetrics`; null where an earlier version stored neither them nor events that tell. */
  readonly all: number | null;
  readonly guestMinor: number;
  readonly guestMajor: number;
  readonly hostMinor: number;
  readonly hostMajor: number;
};

/** Which counter, and which metric of a run, each kind of fault is. */
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

/** The first version of the catalogue whose host faults name what needed them. */
const FIRST_WITH_NEED = 2;

type Recorded = { readonly catalogueVersion: number };

/** Up to a moment, of some or all VMs of a run. */
export function faultsOfVms(vms: Iterable<VmOutline>, { catalogueVersion }: Recorded): Faults {
  const machines = [...vms];
  const sum = (count: (counters: Float64Array) => number): number => machines.reduce((all, vm) => all + count(vm.counters), 0);
  const all = catalogueVersion < FIRST_WITH_NEED ? null : knownOrNull(sum(faultsOf));
  return faultsFrom(all, (name) => sum((counters) => counters[Counter[name]]!));
}

export function faultsAt(machine: MachineOutline, run: Recorded): Faults {
  return faultsOfVms(machine.vms, run);
}
