export { COST_DEFAULTS, type CostDefault, DEVICE_PROFILES } from "./costs.ts";
export type {
  BalloonSpec,
  Costs,
  DeviceSpec,
  HostSpec,
  PolicyChoice,
  ProcessSpec,
  Replacement,
  Scenario,
  VmSpec,
} from "./scenario.ts";
