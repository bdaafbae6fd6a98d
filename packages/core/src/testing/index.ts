/**
 * For authors of policies, and for this project's own tests. Needs vitest and fast-check.
 * @public
 */
export { createKernel } from "../kernel/index.ts";
export { findDecisionFaults } from "./decision-faults.ts";
export { hostObservation, observationArbitrary } from "./observation-arbitrary.ts";
export { metricsOf } from "./machine-metrics.ts";
export { parametersArbitrary } from "./parameters-arbitrary.ts";
export { policyContract } from "./policy-contract.ts";
export { largeScenarioArbitrary, scenarioArbitrary } from "./random-scenario.ts";
export { workloadArbitrary } from "./random-workload.ts";
export { countClockMisses, countFifoMisses, countLruMisses } from "./reference-replacement.ts";
export { caseCount, isLongRun } from "./case-count.ts";
export { drain, historyOf, kernelInput, runChecked } from "./run-to-end.ts";
export { scenarioFormArbitrary } from "./scenario-form-arbitrary.ts";
export { policyOf, quietPolicy, references, smallHost, smallScenario, smallVm } from "./small-scenario.ts";
export { wildPolicy, wildPolicyWithoutSamples } from "./wild-policy.ts";
