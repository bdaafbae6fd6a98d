export type { Comparison, ComparisonEntry } from "./comparison.ts";
export { isFinal, type Page, type Run, RUN_STATUSES, type RunError, type RunStatus } from "./run.ts";
export type { Figures, RunFigures, VmFigures } from "./run-figures.ts";
export type {
  ComparePolicies,
  ListRuns,
  RunProgress,
  RunService,
  RunWatch,
  StartRun,
  Verification,
} from "./run-service.ts";
