import { BallastError } from "@ballast/core/errors";
import { printCanonicalJson } from "@ballast/core/scenario";
import type { ComparedPolicy } from "../comparison.ts";
import { policyLabels } from "../policy-text.ts";
import type { ChosenPolicy } from "./prepare-run.ts";

export function comparedPolicy({ policy, parameters }: ChosenPolicy): ComparedPolicy {
  const changedParameters = Object.entries(policy.parameters).flatMap(([name, { default: unset }]) => {
    return parameters[name] === unset ? [] : [name];
  });
  return { policyName: policy.name, policyVersion: policy.version, parameters, changedParameters };
}

/** @throws BallastError INPUT_INVALID for two that could not differ in anything. */
export function refuseEqualPolicies(policies: readonly ComparedPolicy[]): void {
  const places = new Map<string, number>();
  const labels = policyLabels(policies);
  for (const [place, { policyName, parameters }] of policies.entries()) {
    const key = printCanonicalJson({ policyName, parameters });
    const earlier = places.get(key);
    if (earlier !== undefined) {
      throw new BallastError(
        "INPUT_INVALID",
        `The policies ${earlier + 1} and ${place + 1} of the comparison are the same: ` +
          `${labels[place]}. Leave one out, or give one of them another parameter.`,
      );
    }
    places.set(key, place);
  }
}
