import type { Capability } from "./capability.ts";
import { definePolicy, type PolicyDefinition } from "./define-policy.ts";
import type { ParameterSchema, ValuesOf } from "./parameter.ts";
import type { Policy, PolicyInstance } from "./policy.ts";
import { shortageParameters, stealAtShortage, usesAtShortage } from "./shortage-fallback.ts";

type Fallback = typeof shortageParameters;

/** A policy whose own means take too long, or give nothing, when no frame is free. */
export type SlowPolicyDefinition<S extends ParameterSchema> = Omit<PolicyDefinition<S>, "uses"> & {
  /** What its own means need with these parameters, if not all of `requires`; `steal` for the fallback is added. */
  uses?(values: ValuesOf<S>): readonly Capability[];
  /** Whether it is asked at its periods alone, or also at a change of the memory state and at a shortage, before the fallback. */
  readonly asked: "at periods" | "always";
};

/**
 * A policy with a fallback for a shortage, by the two parameters `shortageFallback` and `shortageFraction` that it is given
 * besides its own: at a shortage pages are stolen at random, or nothing is and the VM ends.
 */
export function definePolicyWithFallback<const S extends ParameterSchema>(definition: SlowPolicyDefinition<S>): Policy {
  const { asked, requires, parameters, ...rest } = definition;
  return definePolicy<S & Fallback>({
    ...rest,
    requires: requires.includes("steal") ? requires : [...requires, "steal"],
    parameters: { ...parameters, ...shortageParameters },
    uses: (values) => usesAtShortage(definition.uses?.(values) ?? requires, values),
    create: (values, prng) =>
      withFallback(definition.create(values, prng), asked, (observation) => stealAtShortage(observation, values, prng)),
  });
}

function withFallback(own: PolicyInstance, asked: "at periods" | "always", fallBack: PolicyInstance["decide"]): PolicyInstance {
  return {
    decide(observation) {
      if (asked === "at periods") return observation.cause === "period" ? own.decide(observation) : fallBack(observation);
      return [...own.decide(observation), ...fallBack(observation)];
    },
    save: () => own.save(),
    load: (saved) => own.load(saved),
  };
}
