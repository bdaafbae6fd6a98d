import type { VmCounterName } from "../catalogue.ts";
import type { Declared, Result } from "../metric.ts";
import type { RunObservations, VmObservations } from "../observations.ts";

/** What is known of a VM when its results are taken. */
export type VmOutcome = {
  readonly counter: (name: VmCounterName) => number;
  readonly isWorkDone: boolean;
  readonly ending: "stopped" | "killed" | "refused" | null;
  readonly simulatedNs: number;
  readonly observed: VmObservations;
};

/** What is known of a run when its results are taken; `workTimesNs` are those of the VMs whose work was completed. */
export type RunOutcome = {
  readonly timeNs: number;
  readonly vms: readonly VmOutcome[];
  readonly workTimesNs: readonly number[];
  readonly observed: RunObservations;
};

/** A result that no event changes by itself. Of a run it is the sum over its VMs unless `ofRun` says otherwise. */
export type DerivedResult = Declared &
  Result & {
    readonly ofVm: (vm: VmOutcome) => number | null;
    readonly ofRun?: (run: RunOutcome) => number | null;
  };

/** A result that a run has and its VMs have not. */
export type RunResult = Declared & Result & { readonly ofRun: (run: RunOutcome) => number | null };

export type DerivedResults = Readonly<Record<string, DerivedResult>>;
export type OwnRunResults = Readonly<Record<string, RunResult>>;
