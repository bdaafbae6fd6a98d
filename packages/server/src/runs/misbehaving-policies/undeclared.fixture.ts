import type { Policy } from "@ballast/core/policy";
import type { VmId } from "@ballast/core/ids";

/** Asks for what it has not declared. */
export const policy: Policy = {
  apiVersion: 1,
  name: "undeclared",
  version: "1.0.0",
  description: "Asks for what it has not declared.",
  requires: [],
  parameters: {},
  periodNs: () => 1_000_000,
  create: () => ({
    decide: () => [{ kind: "SetBalloonTarget", vm: 1 as VmId, reason: "why not", pages: 1 }],
    save: () => null,
    load: () => {},
  }),
};
