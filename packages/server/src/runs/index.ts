export {
  listedRuns,
  MAX_COUNTED_RUNS,
  NEWEST_FIRST,
  RUN_SORT_KEYS,
  type RunFilter,
  type RunOrder,
  type RunSortKey,
  SORT_DIRECTIONS,
  type SortDirection,
} from "./run-list.ts";
export { checkListLimit, MAX_LIST_LIMIT } from "./list-limit.ts";
export { FAULT_COUNTERS, type Faults, faultsAt, faultsOfVms } from "./faults.ts";
export { isFinal, type Keeps, KEEPS, type Slice, type Run, RUN_STATUSES, type RunError, type RunStatus } from "./run.ts";
export type { RunMetrics, VmMetrics } from "./run-metrics.ts";
export type { NamedPage, PageNamer } from "./page-names.ts";
export { policyText } from "./policy-text.ts";
export { PostgresRunReader } from "./service/run-reader.ts";
export type { ListRuns, PolicySettings, RunProgress, RunReader, RunService, RunWatch, StartRun, Verification } from "./run-service.ts";
export type { QueueStatus } from "./store/queue-status.ts";
export { type SeenWorker, WORKER_KINDS, type WorkerKind } from "./store/workers.ts";
