import { definePolicyWithFallback, NS_PER_MS, nsFromMs, type Observation, stateful, type VmId } from "@ballast/core/policy";
import { balance } from "./dynamic-memory.ts";
import { parameters, type Settings } from "./parameters.ts";

/** Hyper-V's dynamic memory: the guests tell what they demand, and the host gives it with a buffer. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "hyper-v",
  version: "0.1.0",
  description: "Gives each VM what its guest demands and a buffer of a fifth; when memory is short, by weight.",
  requires: ["balloon", "guestCommitment"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  asked: "always",
  create: (settings) =>
    stateful<readonly FirstSeen[]>([], (known, observation) => {
      const firstSeen = noteVms(known, observation);
      const starting = new Set(firstSeen.filter(([, ns]) => isStarting(ns, observation, settings)).map(([vm]) => vm));
      return { state: firstSeen, decisions: balance(observation, ({ vm }) => starting.has(vm), settings) };
    }),
});

/** A VM that is switched on, and when it was first seen. */
type FirstSeen = readonly [vm: VmId, ns: number];

function noteVms(known: readonly FirstSeen[], { vms, timeNs }: Observation): FirstSeen[] {
  return vms.map(({ vm }) => known.find(([other]) => other === vm) ?? [vm, timeNs]);
}

function isStarting(firstSeenNs: number, { timeNs }: Observation, { startupMs }: Settings): boolean {
  return timeNs - firstSeenNs < startupMs * NS_PER_MS;
}
