import type { Policy } from "@ballast/core/policy";

/** Throws at 2 simulated ms. */
export const policy: Policy = {
  apiVersion: 1,
  name: "throwing",
  version: "1.0.0",
  description: "Throws at 2 simulated ms.",
  requires: [],
  parameters: {},
  periodNs: () => 1_000_000,
  create: () => ({
    decide: ({ timeNs }) => {
      if (timeNs >= 2_000_000) throw new Error("no idea");
      return [];
    },
    save: () => null,
    load: () => {},
  }),
};
