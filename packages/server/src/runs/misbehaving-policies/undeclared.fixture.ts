import { type Policy, vmId } from "@ballast/core/policy";

/** Asks for what it has not declared. */
export const policy: Policy = {
  name: "undeclared",
  version: "1.0.0",
  says: "Asks for what it has not declared.",
  requires: [],
  parameters: {},
  periodNs: () => 1_000_000,
  create: () => ({
    decide: () => [{ kind: "SetBalloonTarget", vm: vmId(1), reason: "why not", pages: 1 }],
    save: () => null,
    load: () => {},
  }),
};
