import type { Policy } from "@ballast/core/policy";

/** Ends the thread that it runs in. */
export const policy: Policy = {
  apiVersion: 1,
  name: "exiting",
  version: "1.0.0",
  description: "Ends the thread that it runs in.",
  requires: [],
  parameters: {},
  periodNs: () => 1_000_000,
  create: () => ({
    decide: () => process.exit(3),
    save: () => null,
    load: () => {},
  }),
};
