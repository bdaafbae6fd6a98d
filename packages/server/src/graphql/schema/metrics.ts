import { VmEnd } from "@ballast/core/events";
import { type ResultDescription, RUN_ONLY_RESULTS, type RunResultName, VM_RESULTS, type VmResults } from "@ballast/core/metrics";
import type { RunMetrics, VmMetrics } from "../../runs/index.ts";
import { builder } from "./builder.ts";
import { VmEndEnum } from "./enums.ts";

const SCALARS = {
  count: "BigInt",
  pages: "BigInt",
  bytes: "BigInt",
  pageSeconds: "Float",
  ns: "BigInt",
  ratio: "Float",
  perSecond: "Float",
  vms: "Int",
  state: "Int",
} as const;

type Fields<Name extends RunResultName> = Readonly<Partial<Record<Name, number | null>>>;

/** A field for each result: what it is, and null where stored metrics may be of a version that did not know it. */
function resultField<Name extends RunResultName>({ name, description, unit, isInAllVersions }: ResultDescription<Name>) {
  // Null only where the field is nullable: its type does not follow a value.
  const resolve = (metrics: Fields<Name>): number => metrics[name] as number;
  return { type: SCALARS[unit], nullable: !isInAllVersions, description, resolve };
}

const MetricsInterface = builder.interfaceRef<VmResults>("Metrics").implement({
  description:
    "The results of a run or of a VM, which are compared between policies. Counts are since the run began; pages are of 4 KiB. " +
    "What can be null is also so where an earlier version stored the metrics without it.",
  fields: (t) => Object.fromEntries(VM_RESULTS.map((result) => [result.name, t.field(resultField(result))])),
});

const VmMetricsRef = builder.objectRef<VmMetrics>("VmMetrics").implement({
  description: "The results of one VM.",
  interfaces: [MetricsInterface],
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number, from 1." }),
    name: t.exposeString("name", { description: "Its name." }),
    killed: t.exposeBoolean("killed", {
      nullable: true,
      description: "Whether it was terminated because memory ran out; null: an earlier version stored that it was terminated, and not why.",
    }),
    shares: t.exposeInt("shares", {
      nullable: true,
      description:
        "Its weight against other VMs; null of a VM that was added during the run, or where an earlier version did not store it.",
    }),
    endCause: t.field({
      type: VmEndEnum,
      nullable: true,
      description: "Why it was terminated; null if it was not.",
      resolve: ({ endCause }) => (endCause === null ? null : VmEnd[endCause]),
    }),
  }),
});

export const RunMetricsRef = builder.objectRef<RunMetrics>("RunMetrics").implement({
  description: "The results of a run, summed over its VMs where they add up.",
  interfaces: [MetricsInterface],
  fields: (t) => ({
    ...Object.fromEntries(RUN_ONLY_RESULTS.map((result) => [result.name, t.field(resultField(result))])),
    minFaults: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "Misses of Belady's MIN on the run's accesses as they were interleaved: a lower bound on `faults` of this run, and on " +
        "nothing else. Null if it is not known: the run was too long or got commands; or if pages were shared or large, for " +
        "then a frame may hold several, or a fault bring several.",
      resolve: ({ faultBound }) => faultBound?.minFaults ?? null,
    }),
    vms: t.field({ type: [VmMetricsRef], description: "Each VM's own.", resolve: ({ vms }) => vms }),
  }),
});
