/**
 * What a reclamation policy is made of, and parts that several share.
 * @public
 */
export { allowedPages, allowPages, type BalloonedVm, hasBalloon } from "./balloon.ts";
export { capabilitiesOf } from "./capabilities-of.ts";
export { NO_RIGHTS, type PolicyRights, rightsOf } from "./policy-rights.ts";
export { type Capability, CAPABILITIES } from "./capability.ts";
export { findPolicyFaults } from "./check-policy.ts";
export {
  type SuspendVm,
  type Decision,
  type Figures,
  OBSERVED_ORDERS,
  type ObservedOrder,
  type SetBalloonTarget,
  type SetFreePageReporting,
  type SetMemoryLimit,
  type SharePages,
  SHARING_STYLES,
  type SharingStyle,
  STEAL_ORDERS,
  type StealOrder,
  type StealPages,
  type StealPlace,
  type ResumeVm,
} from "./decision.ts";
export { definePolicy, type PolicyDefinition } from "./define-policy.ts";
export { definePolicyWithFallback, type SlowPolicyDefinition } from "./define-policy-with-fallback.ts";
export { stateful, stateless, type Step } from "./instances.ts";
export { MEMORY_STATE_PRESETS, type MemoryStatePreset } from "./memory-state-presets.ts";
export type { GuestStats, HostObservation, MemoryStateName, Observation, ObservationCause, VmObservation } from "./observation.ts";
export {
  type BooleanParameter,
  type ChoiceParameter,
  type Confidence,
  type NumberParameter,
  type Parameter,
  type ParameterSchema,
  type ParameterValue,
  type ParameterValues,
  readParameters,
  type ValueOf,
  type ValuesOf,
} from "./parameter.ts";
export { POLICY_API_VERSION } from "./policy-api.ts";
export type { Json, Policy, PolicyInstance } from "./policy.ts";
export { claimOf, type ClaimTerms, entitle, type Entitlements } from "./formulas/claims.ts";
export { adjustedSharesPerPage, type Claim, divideByShares } from "./formulas/adjusted-shares.ts";
export { bestPartition, divideByGain, missesWith, type PartClaim } from "./formulas/partition.ts";
export { keepReserve, whyStolen } from "./keep-reserve.ts";
export { missingPages, shortagePages } from "./reserve.ts";
export { minChangeFraction, periodMs, reserveFraction, shortageFraction, taxRate } from "./shared-parameters.ts";
export { shortageParameters, type ShortageValues, stealAtShortage, usesAtShortage } from "./shortage-fallback.ts";
export { stealAboveLimits, stealAtRandom, stealInProportion, takeablePages } from "./steal-at-random.ts";
export type { MissRatioCurve } from "../reuse/index.ts";
// What a policy needs from the rest of core, so that it imports this one entry only.
export { type RealPage, type VmId, realPage, vmId } from "../ids/index.ts";
export { Prng } from "../prng/index.ts";
export { BallastError } from "../errors/index.ts";
export { nsFromMs, NS_PER_MS, NS_PER_S, NS_PER_US, PAGE_BYTES } from "../units/index.ts";
