import { BallastError } from "@ballast/core/errors";
import type { InstalledPolicy } from "./installed-policy.ts";

/** The installed policies. Its functions may be handed on by themselves. */
export type PolicyRegistry<Installed extends InstalledPolicy = InstalledPolicy> = {
  /** By ascending name. */
  readonly listPolicies: () => readonly Installed[];
  /** @throws BallastError POLICY_NOT_FOUND. */
  readonly getPolicy: (name: string) => Installed;
};

export function createPolicyRegistry<Installed extends InstalledPolicy>(policies: readonly Installed[]): PolicyRegistry<Installed> {
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
