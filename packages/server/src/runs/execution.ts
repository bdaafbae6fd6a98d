/**
 * What executes runs and checks them, with the simulation behind it. Apart from `index.ts`, which commands load that only
 * show what is stored.
 */
export { Executor, type ExecutorNotice, type ExecutorOptions, type RunStep } from "./executor/executor.ts";
export { nameFields, PageNames } from "./page-names.ts";
export { createRunService, type RunServiceOptions } from "./service/create-run-service.ts";
export { RunQueue } from "./queue/run-queue.ts";
export { rebuildRuns } from "./store/rebuild-results.ts";
export { checkRun } from "./verification/check-run.ts";
