import { definePolicy, nsFromMs } from "@ballast/core/policy";
import { MemoryManager } from "./memory-manager.ts";
import { parameters, readSettings, usedCapabilities } from "./parameters.ts";

/** VMware ESX, as its paper describes it. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "esx",
  version: "0.1.0",
  description: "Divides memory by shares and idleness, and balloons, pages out and suspends VMs by the memory state, as VMware ESX does.",
  requires: ["balloon", "steal", "activeSample", "suspend", "pageSharing", "compression"],
  uses: usedCapabilities,
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  create: (values, prng) => new MemoryManager(readSettings(values), prng),
});
