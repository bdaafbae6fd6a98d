import type { Policy } from "@ballast/core/policy";

/** Does not come back from its fifth decision. */
export const policy: Policy = {
  apiVersion: 1,
  name: "endless",
  version: "1.0.0",
  description: "Thinks for ever.",
  requires: [],
  parameters: {},
  periodNs: () => 1_000_000,
  create: () => {
    let decisions = 0;
    return {
      decide: () => {
        decisions++;
        for (;;) if (decisions < 5) return [];
      },
      save: () => decisions,
      load: (saved) => {
        decisions = Number(saved);
      },
    };
  },
};
