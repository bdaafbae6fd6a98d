import type { Prng } from "../prng/index.ts";
import type { Capability } from "./capability.ts";
import type { Decision, ObservedOrder } from "./decision.ts";
import type { Observation } from "./observation.ts";
import type { POLICY_API_VERSION } from "./policy-api.ts";
import type { ParameterSchema, ParameterValues } from "./parameter.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A policy at work in one run. It keeps no state outside of what `save` gives. */
export type PolicyInstance = {
  /** Asked at each period, when the memory state changes, and when an allocation finds no free frame. */
  decide(observation: Observation): readonly Decision[];
  /** Everything that the next decision depends on, the random stream excepted: the kernel keeps that. */
  save(): Json;
  /** Takes over what `save` of an instance with equal parameters gave. */
  load(saved: Json): void;
};

/**
 * A reclamation policy: says what it wants, and leaves the doing to the kernel. A package's main export `policy` is one.
 * It must not read a clock, use `Math.random` or do I/O: equal observations and equal random streams must give equal decisions.
 */
export type Policy = {
  /** The version of the policy API that it was written for: `POLICY_API_VERSION`, as a number. */
  readonly apiVersion: typeof POLICY_API_VERSION;
  /** kebab-case, unique among the installed policies. */
  readonly name: string;
  /** Semantic version; part of a run's identity. */
  readonly version: string;
  /** One sentence. */
  readonly description: string;
  /** The most that it may see and ask for, whatever its parameters. */
  readonly requires: readonly Capability[];
  /** What of `requires` it has with these parameters, if not all: what it has not costs no time and is not seen. */
  readonly uses?: (parameters: ParameterValues) => readonly Capability[];
  /** The orders of `OBSERVED_ORDERS` that it may ask for with these parameters; none if this is left out. */
  readonly orders?: (parameters: ParameterValues) => readonly ObservedOrder[];
  /**
   * Whether it cannot work without every access that is still to come: a scenario whose accesses cannot be known (interactive
   * processes, or too many) is then refused before the run. Exact LRU alone, for which `foresight` is needed too, can.
   */
  readonly needsAllAccesses?: boolean;
  /** Simulated time between two periodic decisions, in ns; 0 for a policy that is not asked periodically. */
  periodNs(parameters: ParameterValues): number;
  readonly parameters: ParameterSchema;
  create(parameters: ParameterValues, prng: Prng): PolicyInstance;
};
