import { METRICS, type OldResultCounterName, type ResultCounterName, type VmCounterName } from "./catalogue.ts";
import type { DerivedResult, RunOutcome, RunResult, VmOutcome } from "./derived/outcome.ts";
import { DERIVED_RESULTS, RUN_RESULTS } from "./derived-results.ts";
import { knownOrNull, NOT_RECORDED } from "./not-recorded.ts";
import type { Better, ComparisonColumn, Unit } from "./metric.ts";

type Old<Results> = { [Name in keyof Results]: Results[Name] extends { readonly isInAllVersions: true } ? Name : never }[keyof Results];

/** Results of each VM, and of the run. */
export type VmResultName = ResultCounterName | keyof typeof DERIVED_RESULTS;
export type RunResultName = VmResultName | keyof typeof RUN_RESULTS;
type OldName = OldResultCounterName | Old<typeof DERIVED_RESULTS> | Old<typeof RUN_RESULTS>;

/** The values by name; those that not every version stored may be null for that reason. */
type Values<Name extends string> = { readonly [Each in Name]: Each extends OldName ? number : number | null };
export type VmResults = Values<VmResultName>;
export type RunResults = Values<RunResultName>;

/** A result as it is shown and compared. */
export type ResultDescription<Name extends RunResultName = RunResultName> = {
  readonly name: Name;
  readonly description: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly isInAllVersions: boolean;
  readonly column: ComparisonColumn | null;
  /** How its value follows from those of the VMs. */
  readonly overVms: "added up" | "of its own" | null;
};

type Known = DerivedResult | RunResult;

const COUNTED = METRICS.vmCounters.filter((name) => METRICS.get(name).result !== undefined) as ResultCounterName[];

const DERIVED: Readonly<Record<VmResultName, DerivedResult>> = {
  ...(Object.fromEntries(COUNTED.map((name) => [name, ofCounter(name)])) as Record<ResultCounterName, DerivedResult>),
  ...DERIVED_RESULTS,
};

/** Of a VM and of a run, by name. */
export const VM_RESULTS: readonly ResultDescription<VmResultName>[] = describe<VmResultName>(DERIVED);

export const RUN_ONLY_RESULTS: readonly ResultDescription<keyof typeof RUN_RESULTS>[] = describe<keyof typeof RUN_RESULTS>(RUN_RESULTS);

/** The columns of a comparison, from ends to means. */
export const COMPARISON_COLUMNS: readonly (ResultDescription & { readonly column: ComparisonColumn })[] = [
  ...VM_RESULTS,
  ...RUN_ONLY_RESULTS,
]
  .flatMap((result) => (result.column === null ? [] : [{ ...result, column: result.column }]))
  .sort((left, right) => left.column.rank - right.column.rank);

export function vmResults(vm: VmOutcome): VmResults {
  return Object.fromEntries(Object.entries(DERIVED).map(([name, { ofVm }]) => [name, knownOrNull(ofVm(vm) ?? NOT_RECORDED)])) as VmResults;
}

/** A run's results, by those of its VMs in their order. */
export function runResults(run: RunOutcome, vms: readonly VmResults[]): RunResults {
  const shared = Object.entries(DERIVED).map(([name, { ofRun }]) => [
    name,
    ofRun === undefined ? sumOf(vms, name as VmResultName) : ofRun(run),
  ]);
  const own = Object.entries<RunResult>(RUN_RESULTS).map(([name, { ofRun }]) => [name, ofRun(run)]);
  return Object.fromEntries([...shared, ...own]) as RunResults;
}

/** Null if it is not known of one of the VMs. */
function sumOf(vms: readonly VmResults[], name: VmResultName): number | null {
  return knownOrNull(vms.reduce((total, vm) => total + (vm[name] ?? NOT_RECORDED), 0));
}

function ofCounter(name: VmCounterName): DerivedResult {
  const { description, unit, better, result } = METRICS.get(name);
  return { description, unit, ...(better === undefined ? {} : { better }), ...result, ofVm: (vm) => vm.counter(name) };
}

function describe<Name extends RunResultName>(results: Readonly<Record<Name, Known>>): ResultDescription<Name>[] {
  return Object.entries<Known>(results)
    .map(([name, { description, unit, better = null, isInAllVersions = false, column = null, ...rest }]): ResultDescription<Name> => {
      const overVms = "ofVm" in rest ? (rest.ofRun === undefined ? "added up" : "of its own") : null;
      return { name: name as Name, description, unit, better, isInAllVersions, column, overVms };
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}
