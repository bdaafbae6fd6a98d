import {
  type Decision,
  definePolicy,
  hasBalloon,
  nsFromMs,
  type Observation,
  type Prng,
  shortagePages,
  stateless,
  stealAtRandom,
} from "@ballast/core/policy";
import { decideTargets } from "./balloon-targets.ts";
import { parameters, type Settings } from "./parameters.ts";

/** The lecture's ballooning: the guests choose which pages to give up, the hypervisor how many each. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "ballooning",
  version: "0.1.0",
  description: "Keeps a reserve of free frames with balloon targets by shares and idleness; steals at random only when no frame is free.",
  requires: ["balloon", "steal", "idleScan"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  create: (values, prng) => stateless((observation) => decide(observation, values, prng)),
});

function decide(observation: Observation, settings: Settings, prng: Prng): Decision[] {
  const { host, vms, neededPages, cause } = observation;
  const { reserveFraction, shortageFraction, taxRate, minChangeFraction } = settings;
  const spare = { freePages: host.freePages, reservePages: Math.ceil(reserveFraction * host.framePages) };
  const targets = decideTargets(vms.filter(hasBalloon), spare, taxRate, minChangeFraction);
  if (cause !== "shortage") return targets;
  return [
    ...targets,
    ...stealAtRandom(vms, shortagePages(observation, shortageFraction), prng, "no free frame, and a balloon would be late", {
      neededPages,
    }),
  ];
}
