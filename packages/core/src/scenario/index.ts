export { printCanonicalJson } from "./canonical-json.ts";
export type { Command, ScriptedCommand, SimulationCommand } from "./command.ts";
export { COST_DEFAULTS, type CostDefault, DEVICE_PROFILES } from "./costs.ts";
export { parseCommand, parseScenario, parseVmSpec } from "./parse-scenario.ts";
export { printScenario } from "./print-scenario.ts";
export { scenarioJsonSchema } from "./scenario-json-schema.ts";
export { checkTraces, listTraces } from "./scenario-traces.ts";
export type { Costs, HostSpec, PolicyChoice, Scenario } from "./scenario.ts";
export type { BalloonSpec, DeviceSpec, ImageSpec, ProcessSpec, Replacement, VmSpec } from "./vm-spec.ts";
