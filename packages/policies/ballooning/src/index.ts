import {
  type Decision,
  hasBalloon,
  NS_PER_MS,
  type Observation,
  type Policy,
  type Prng,
  stealAtRandom,
} from "@ballast/core/policy";
import { decideTargets } from "./balloon-targets.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** The lecture's ballooning: the guests choose which pages to give up, the hypervisor how many each. */
export const policy: Policy = {
  name: "ballooning",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by balloon targets, by shares and idleness; steals at random only when none is free.",
  requires: ["balloon", "steal", "idleScan"],
  periodNs: (values) => Math.round(Number(values["periodMs"]) * NS_PER_MS),
  parameters,
  create: (values, prng) => {
    const settings = readSettings(values);
    return {
      decide: (observation) => decide(observation, settings, prng),
      save: () => null,
      load: () => {},
    };
  },
};

function decide(observation: Observation, settings: Settings, prng: Prng): Decision[] {
  const { host, vms, neededPages, cause } = observation;
  const { reserveFraction, shortageFraction, taxRate, minChangeFraction } = settings;
  const spare = { freePages: host.freePages, reservePages: Math.ceil(reserveFraction * host.framePages) };
  const targets = decideTargets(vms.filter(hasBalloon), spare, taxRate, minChangeFraction);
  if (cause !== "shortage") return targets;
  const pages = Math.max(neededPages, Math.ceil(shortageFraction * host.framePages));
  return [
    ...targets,
    ...stealAtRandom(vms, pages, prng, "no free frame, and a balloon would be late", { neededPages }),
  ];
}
