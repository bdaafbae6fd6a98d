import {
  missingPages,
  NS_PER_MS,
  type Observation,
  periodMs,
  type Policy,
  type Prng,
  reserveFraction,
  stealAboveLimits,
  stealAtRandom,
  type StealPages,
} from "@ballast/core/policy";

/** Hypervisor paging alone, as ESX falls back to it: without knowledge of any guest, so with random victims. */
export const policy: Policy = {
  name: "random-steal",
  version: "0.1.0",
  says: "Keeps a reserve of free frames by stealing pages uniformly at random from all VMs.",
  requires: ["steal"],
  periodNs: (parameters) => Math.round(Number(parameters["periodMs"]) * NS_PER_MS),
  parameters: { reserveFraction, periodMs },
  create: (parameters, prng) => ({
    decide: (observation) => decide(observation, Number(parameters["reserveFraction"]), prng),
    save: () => null,
    load: () => {},
  }),
};

function decide(observation: Observation, fraction: number, prng: Prng): StealPages[] {
  const { host, vms, cause } = observation;
  const pages = missingPages(observation, fraction);
  if (pages === 0) return stealAboveLimits(vms);
  const figures = { freePages: host.freePages, missingPages: pages };
  const reason = cause === "shortage" ? "no free frame" : "free frames below the reserve";
  return stealAtRandom(vms, pages, prng, reason, figures);
}
