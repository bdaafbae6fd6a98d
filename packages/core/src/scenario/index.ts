export type { Command, ScriptedCommand, SimulationCommand } from "./command.ts";
export { COST_DEFAULTS, type CostDefault, DEVICE_PROFILES } from "./costs.ts";
export type { Costs, HostSpec, PolicyChoice, Scenario } from "./scenario.ts";
export type { BalloonSpec, DeviceSpec, ProcessSpec, Replacement, VmSpec } from "./vm-spec.ts";
