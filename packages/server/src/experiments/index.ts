export {
  type Cell,
  comparedVariants,
  DEFAULT_SEED_COUNT,
  type Experiment,
  type ExperimentHead,
  EXPERIMENT_KINDS,
  type ExperimentKind,
  runsOf,
  type Variant,
  VARIANT_ROLES,
  type VariantRole,
} from "./experiment.ts";
export { PostgresExperimentReader } from "./service/experiment-reader.ts";
export type { ExperimentReader, ExperimentService, StartExperiment, VariantChoice } from "./service/experiment-service.ts";
export { SCENARIO_PREFIX } from "./variant-labels.ts";
