export { checkRun } from "./verification/check-run.ts";
export type { Comparison, ComparisonEntry } from "./comparison.ts";
export { Executor, type ExecutorNotice, type ExecutorOptions } from "./executor/executor.ts";
export { checkListLimit, MAX_LIST_LIMIT } from "./list-limit.ts";
export { FAULT_COUNTERS, type Faults, faultsAt, faultsOfVms } from "./faults.ts";
export { isFinal, type Slice, type Run, RUN_STATUSES, type RunError, type RunStatus } from "./run.ts";
export type { RunMetrics, VmMetrics } from "./run-metrics.ts";
export { type NamedPage, nameFields, type PageNamer, PageNames } from "./page-names.ts";
export { policyText } from "./policy-text.ts";
export { createRunService, type RunServiceOptions } from "./service/create-run-service.ts";
export type {
  ComparePolicies,
  ListRuns,
  PolicySettings,
  RunProgress,
  RunService,
  RunWatch,
  StartRun,
  Verification,
} from "./run-service.ts";
