/** What starts experiments, with the simulation behind it. Apart from `index.ts`, which commands load that only show what is stored. */
export { createExperimentService, type ExperimentServiceOptions } from "./service/create-experiment-service.ts";
