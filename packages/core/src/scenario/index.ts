/**
 * Scenario files: parser, canonical form, JSON Schema.
 * @public
 */
export { COMPRESSED_FRACTION, COMPRESSION_DEFAULTS, type CompressionSpec } from "./compression-spec.ts";
export { commitmentPages } from "./admission-room.ts";
export { balloonCapPages } from "./balloon-cap.ts";
export { printCanonicalJson } from "./canonical-json.ts";
export type { Command, ScriptedCommand, SimulationCommand } from "./command.ts";
export { findNearestName } from "../reading/nearest-name.ts";
export { findRepeatedKeys } from "../reading/repeated-keys.ts";
export { COST_DEFAULTS, type CostDefault } from "./costs.ts";
export { DEVICE_PROFILES, type DeviceProfile, plainDevice } from "./device-profiles.ts";
export { type MemoryMarks, memoryMarks, type MemoryStateFractions, minFreePages } from "./memory-state-marks.ts";
export {
  AGE_SCAN_DEFAULTS,
  type AgeScanSpec,
  REUSE_SAMPLING_DEFAULTS,
  type ReuseSamplingSpec,
  SAMPLING_DEFAULTS,
  type SamplingSpec,
} from "./measuring-spec.ts";
export { parseCommand, parseScenario, parseVmSpec } from "./parse-scenario.ts";
export { RENAMED_KEYS, renameKeys } from "../reading/renamed-keys.ts";
export { MAX_LOOKAHEAD_ACCESSES, MAX_REPORTING_ORDER, MAX_RUN_NS } from "../reading/limits.ts";
export { printScenario } from "./print-scenario.ts";
export { type Replacement, REPLACEMENT_ALGORITHMS, REPLACEMENT_NAMES } from "./replacement-algorithms.ts";
export { scenarioJsonSchema } from "./scenario-json-schema.ts";
export { seedVariation, type SeedVariation } from "./seed-variation.ts";
export { checkTraces, listPlacedVms, listTraces } from "./scenario-traces.ts";
export { setInScenario } from "./set-in-scenario.ts";
export { arrivalTimes, plannedVms, startOrder } from "./start-order.ts";
export type { Costs, HostSpec, PolicyChoice, Scenario } from "./scenario.ts";
export type {
  BalloonSpec,
  DeviceSpec,
  FileSpec,
  ImageSpec,
  ProcessSpec,
  ReportingSpec,
  SimpleBalloonSpec,
  VirtioBalloonSpec,
  VmSpec,
  VmwareBalloonSpec,
  WatermarkSpec,
} from "./vm-spec.ts";
export { uncommittedScenario } from "./uncommitted-scenario.ts";
export { linuxWatermarks } from "./watermarks.ts";
