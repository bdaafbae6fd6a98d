import { definePolicy, stateless } from "@ballast/core/policy";

/** The baseline without reclamation: what a host is worth that overcommits and hopes. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "no-reclaim",
  version: "0.1.0",
  description: "Reclaims nothing; a VM that needs a frame when none is free is terminated.",
  requires: [],
  periodNs: () => 0,
  parameters: {},
  create: () => stateless(() => []),
});
