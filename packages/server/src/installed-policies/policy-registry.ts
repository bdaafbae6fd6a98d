import { BallastError } from "@ballast/core/errors";
import type { Policy } from "@ballast/core/policy";

/** The installed policies. Its functions may be handed on by themselves. */
export type PolicyRegistry = {
  /** By ascending name. */
  readonly listPolicies: () => readonly Policy[];
  /** @throws BallastError POLICY_NOT_FOUND. */
  readonly getPolicy: (name: string) => Policy;
};

export function createPolicyRegistry(policies: readonly Policy[]): PolicyRegistry {
  const sorted = [...policies].sort((left, right) => (left.name < right.name ? -1 : 1));
  const byName = new Map(sorted.map((policy) => [policy.name, policy]));
  return {
    listPolicies: () => sorted,
    getPolicy: (name) => {
      const policy = byName.get(name);
      if (policy !== undefined) return policy;
      throw new BallastError(
        "POLICY_NOT_FOUND",
        `No policy "${name}" is installed; there are: ${[...byName.keys()].join(", ")}. A policy of an npm package is ` +
          "installed by its package's name in BALLAST_POLICIES or under `policies` of ballast.config.json.",
      );
    },
  };
}
