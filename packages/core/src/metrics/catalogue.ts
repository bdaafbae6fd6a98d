import { faultMetrics } from "./families/faults.ts";
import { guestPagingMetrics } from "./families/guest-paging.ts";
import { hostMemoryMetrics } from "./families/host-memory.ts";
import { hostSwapMetrics } from "./families/host-swap.ts";
import { reclaimMetrics } from "./families/reclaim.ts";
import { sharingMetrics } from "./families/sharing.ts";
import { timeMetrics } from "./families/time.ts";
import { trapMetrics } from "./families/traps.ts";
import type { Intersection, Metric } from "./metric.ts";
import { MetricSet } from "./metric-set.ts";

/** Every metric that events change, by the group under which the documentation lists it. */
export const METRIC_FAMILIES = {
  time: timeMetrics,
  faults: faultMetrics,
  traps: trapMetrics,
  "guest paging": guestPagingMetrics,
  "host memory": hostMemoryMetrics,
  "host swap": hostSwapMetrics,
  reclaim: reclaimMetrics,
  "sharing and large pages": sharingMetrics,
} satisfies Readonly<Record<string, Readonly<Record<string, Metric>>>>;

type Declared = Intersection<(typeof METRIC_FAMILIES)[keyof typeof METRIC_FAMILIES]>;

type Named<Part> = { [Name in keyof Declared]: Declared[Name] extends Part ? Name : never }[keyof Declared];

export type VmCounterName = Named<{ readonly kind: "counter"; readonly scope: "vm" }>;
export type VmGaugeName = Named<{ readonly kind: "gauge"; readonly scope: "vm" }>;
export type VmMetricName = VmCounterName | VmGaugeName;
export type HostMetricName = Named<{ readonly scope: "host" }>;
/** Counters that are results of a run as they are. */
export type ResultCounterName = Named<{ readonly result: object }>;
/** Those of them that every version stored. */
export type OldResultCounterName = Named<{ readonly result: { readonly isInAllVersions: true } }>;

/** All metrics of this version. */
export const METRICS: MetricSet<VmCounterName, VmGaugeName, HostMetricName> = new MetricSet(
  Object.values<Readonly<Record<string, Metric>>>(METRIC_FAMILIES),
);
