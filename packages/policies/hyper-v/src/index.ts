import {
  type Decision,
  NS_PER_MS,
  type Observation,
  type Policy,
  stealAtShortage,
  usesAtShortage,
  type VmId,
} from "@ballast/core/policy";
import { balance } from "./dynamic-memory.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** Hyper-V's dynamic memory: the guests tell what they demand, and the host gives it with a buffer. */
export const policy: Policy = {
  name: "hyper-v",
  version: "0.1.0",
  description: "Gives each VM what its guest demands and a buffer of a fifth; when memory is short, by weight.",
  requires: ["balloon", "guestCommitment", "steal"],
  uses: (values) => usesAtShortage(["balloon", "guestCommitment"], values),
  periodNs: (values) => Math.round(Number(values["periodMs"]) * NS_PER_MS),
  parameters,
  create: (values, prng) => {
    const settings = readSettings(values);
    let firstSeen: FirstSeen[] = [];
    return {
      decide: (observation): Decision[] => {
        firstSeen = noteVms(firstSeen, observation);
        const starting = new Set(firstSeen.filter(([, ns]) => isStarting(ns, observation, settings)).map(([vm]) => vm));
        const targets = balance(observation, ({ vm }) => starting.has(vm), settings);
        return [...targets, ...stealAtShortage(observation, values, prng)];
      },
      save: () => firstSeen,
      load: (saved) => {
        firstSeen = saved as FirstSeen[];
      },
    };
  },
};

/** A VM that is switched on, and when it was first seen. */
type FirstSeen = readonly [vm: VmId, ns: number];

function noteVms(known: readonly FirstSeen[], { vms, timeNs }: Observation): FirstSeen[] {
  return vms.map(({ vm }) => known.find(([other]) => other === vm) ?? [vm, timeNs]);
}

function isStarting(firstSeenNs: number, { timeNs }: Observation, { startupMs }: Settings): boolean {
  return timeNs - firstSeenNs < startupMs * NS_PER_MS;
}
