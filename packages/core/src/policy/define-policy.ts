import type { Prng } from "../prng/index.ts";
import type { Capability } from "./capability.ts";
import type { ObservedOrder } from "./decision.ts";
import type { ParameterSchema, ValuesOf } from "./parameter.ts";
import type { Policy, PolicyInstance } from "./policy.ts";

/** A policy whose functions are given its parameters with the types that their declarations state. */
export type PolicyDefinition<S extends ParameterSchema> = Omit<Policy, "parameters" | "uses" | "orders" | "periodNs" | "create"> & {
  readonly parameters: S;
  uses?(values: ValuesOf<S>): readonly Capability[];
  orders?(values: ValuesOf<S>): readonly ObservedOrder[];
  periodNs(values: ValuesOf<S>): number;
  create(values: ValuesOf<S>, prng: Prng): PolicyInstance;
};

/**
 * The policy itself; what it adds is the type of the parameters: a number for `number` and `integer`, one of the `choices`
 * for `choice`. A parameter that is read and not declared does not compile. Ballast reads and checks the values before any of
 * these functions gets them.
 */
export function definePolicy<const S extends ParameterSchema>(definition: PolicyDefinition<S>): Policy {
  return definition as unknown as Policy;
}
