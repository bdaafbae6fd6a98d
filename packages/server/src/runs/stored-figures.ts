import type { Figures, RunFigures, VmFigures } from "./run-figures.ts";

/** Names of what can be null: the figures that came after figures were first stored. */
type Added<All> = { [Name in keyof All]: null extends All[Name] ? Name : never }[keyof All];
type Nulls<All> = Readonly<Record<Added<All>, null>>;

/** What figures that were stored before it was known have in its place. A figure that is added and cannot be null does not compile. */
const NO_FIGURES: Nulls<Figures> = { workNs: null, simulatedNs: null, accessesPerSecond: null, faults: null, traps: null };
const NO_VM_FIGURES: Nulls<VmFigures> = { ...NO_FIGURES, endCause: null, killed: null };
const NO_RUN_FIGURES: Nulls<RunFigures> = {
  ...NO_FIGURES,
  slowestWorkNs: null,
  vmsCompleted: null,
  vmsKilled: null,
  vmsStopped: null,
  faultBound: null,
};

/** What is stored of them: any version's. */
export type StoredFigures = Omit<RunFigures, Added<RunFigures> | "vms"> & {
  readonly vms: readonly (Omit<VmFigures, Added<VmFigures>> & Partial<Pick<VmFigures, Added<VmFigures>>>)[];
} & Partial<Pick<RunFigures, Added<RunFigures>>>;

/** Figures as this version knows them, whichever version stored them. */
export function completeFigures(given: StoredFigures): RunFigures {
  const stored = { ...given, faultBound: renamedBound(given.faultBound) };
  const figures = { ...NO_RUN_FIGURES, ...stored, vms: stored.vms.map((vm) => ({ ...NO_VM_FIGURES, ...vm })) };
  // The first version counted them only while it bounded them.
  const faults = figures.faults ?? figures.faultBound?.faults ?? null;
  return stored.vmsStopped === undefined ? { ...figures, faults, ...withoutStopped(figures) } : { ...figures, faults };
}

/** The first version took a VM that a user stopped for one that was killed: none is known to be none, and more are not known. */
function withoutStopped({ vmsKilled, vms }: RunFigures): Pick<RunFigures, "vmsKilled" | "vms"> {
  return {
    vmsKilled: vmsKilled === 0 ? 0 : null,
    vms: vms.map((vm) => ({ ...vm, killed: vm.killed === false ? false : null })),
  };
}

type Bound = RunFigures["faultBound"];
/** Until MIN had its usual name. */
type FormerBound = Omit<NonNullable<Bound>, "minFaults"> & { readonly leastFaults: NonNullable<Bound>["minFaults"] };

function renamedBound(bound: Bound | FormerBound | undefined): Bound {
  if (bound === null || bound === undefined) return null;
  if (!("leastFaults" in bound)) return bound;
  const { leastFaults: minFaults, ...rest } = bound;
  return { ...rest, minFaults };
}
