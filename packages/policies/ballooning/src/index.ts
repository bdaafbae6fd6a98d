import {
  type Decision,
  missingPages,
  NS_PER_MS,
  type Observation,
  type Policy,
  type Prng,
  stealAtRandom,
} from "@ballast/core/policy";
import { allowedPages, deflate, hasBalloon, inflate, keepLimits, pendingPages } from "./balloon-targets.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** The lecture's ballooning: the guests choose which pages to give up, the hypervisor how many each. */
export const policy: Policy = {
  name: "ballooning",
  version: "0.1.0",
  says: "Keeps a reserve of free frames by balloon targets, by shares and idleness; steals at random only when none is free.",
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
  const { host, vms, neededPages } = observation;
  const targets = decideTargets(observation, settings);
  if (observation.cause !== "shortage") return targets;
  const pages = Math.max(neededPages, Math.ceil(settings.shortageFraction * host.framePages) - host.freePages);
  return [...targets, ...stealAtRandom(vms, pages, prng, "no free frame, and a balloon would be late", { neededPages })];
}

function decideTargets(observation: Observation, { reserveFraction, ampleFraction, taxRate }: Settings): Decision[] {
  const { host } = observation;
  const vms = observation.vms.filter(hasBalloon);
  const missing = missingPages(observation, reserveFraction) - pendingPages(vms);
  if (missing > 0) return inflate(vms, missing, taxRate);
  const surplus = host.freePages - Math.ceil(ampleFraction * host.framePages);
  const ballooned = vms.filter((vm) => vm.balloon.targetPages > 0 && allowedPages(vm) < vm.limitPages);
  if (surplus > 0 && ballooned.length > 0) return deflate(ballooned, surplus, taxRate);
  return keepLimits(vms, taxRate);
}
