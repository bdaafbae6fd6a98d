export { BUILT_IN_TRACES_FOLDER, importBuiltInTraces, listBuiltInTraces } from "./built-in-traces.ts";
export { deleteTrace } from "./delete-trace.ts";
export type { ImportProgress } from "./import-input.ts";
export { importTrace, type ImportedTrace } from "./import-trace.ts";
export { loadPageNames, loadTrace, loadTraceByDigest, openTraceReader } from "./load-trace.ts";
export { keepTracesForFork, keepTracesForRun, runsNeedingTrace, tracesOfRun } from "./run-traces.ts";
export { getTrace, listTraces, type StoredTrace } from "./stored-trace.ts";
export { listTracePages, type TracePage } from "./trace-pages.ts";
export type { TraceSource } from "./trace-source.ts";
