import { type ResultDescription, RUN_ONLY_RESULTS, type RunResults, VM_RESULTS, type VmResults } from "@ballast/core/metrics";
import type { Run } from "./run.ts";
import type { RunMetrics, VmMetrics } from "./run-metrics.ts";

/** Names of what can be null: the metrics that came after metrics were first stored. */
type Added<All> = { [Name in keyof All]: null extends All[Name] ? Name : never }[keyof All];

/** What metrics that were stored before a later one was known have instead of it. */
const LATER_OF_VM = nullsOf<Added<VmResults>>(VM_RESULTS);
const LATER_OF_RUN = nullsOf<Added<RunResults>>([...VM_RESULTS, ...RUN_ONLY_RESULTS]);

/** What a run that keeps only its figures says of the events that it made. */
export type MadeEvents = Pick<Run, "headPosition" | "headTimeNs" | "digest">;

/** What is stored of them, by name: any version's. */
export type StoredMetrics = Omit<RunMetrics, Added<RunMetrics> | "vms"> & {
  readonly vms: readonly (Omit<VmMetrics, Added<VmMetrics>> & Partial<Pick<VmMetrics, Added<VmMetrics>>>)[];
} & Partial<Pick<RunMetrics, Added<RunMetrics>>> & { readonly made?: MadeEvents };

/** Metrics as this version knows them, whichever version stored them. */
export function completeMetrics({ made: _made, ...given }: StoredMetrics): RunMetrics {
  const stored = { ...given, faultBound: renamedBound(given.faultBound) };
  const vms = stored.vms.map((vm) => ({ ...LATER_OF_VM, endCause: null, killed: null, shares: null, ...vm }));
  const metrics = { ...LATER_OF_RUN, ...stored, vms };
  // The first version counted them only while it bounded them.
  const faults = metrics.faults ?? metrics.faultBound?.faults ?? null;
  return stored.vmsStopped === undefined ? { ...metrics, faults, ...withoutStopped(metrics) } : { ...metrics, faults };
}

/** The first version took a VM that a user stopped for one that was killed: none is known to be none, and more are not known. */
function withoutStopped({ vmsKilled, vms }: RunMetrics): Pick<RunMetrics, "vmsKilled" | "vms"> {
  return {
    vmsKilled: vmsKilled === 0 ? 0 : null,
    vms: vms.map((vm) => ({ ...vm, killed: vm.killed === false ? false : null })),
  };
}

type Bound = RunMetrics["faultBound"];
/** Until MIN had its usual name. */
type FormerBound = Omit<NonNullable<Bound>, "minFaults"> & { readonly leastFaults: NonNullable<Bound>["minFaults"] };

function renamedBound(bound: Bound | FormerBound | undefined): Bound {
  if (bound === null || bound === undefined) return null;
  if (!("leastFaults" in bound)) return bound;
  const { leastFaults: minFaults, ...rest } = bound;
  return { ...rest, minFaults };
}

function nullsOf<Name extends string>(results: readonly ResultDescription[]): Readonly<Record<Name, null>> {
  return Object.fromEntries(results.flatMap(({ name, isInAllVersions }) => (isInAllVersions ? [] : [[name, null]]))) as Record<Name, null>;
}
