import { definePolicy, nsFromMs, type Observation, stateful, stealAtShortage, type StealPages, usesAtShortage } from "@ballast/core/policy";
import { type FarVm, leaveAtRandom, meet, scan } from "./far-memory-vm.ts";
import { parameters, type Settings } from "./parameters.ts";

/** Google's software-defined far memory: compressed memory for pages that are cold, and cold enough to be hardly missed. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "far-memory",
  version: "0.1.0",
  description: "Compresses pages that were not accessed for long, as long as a VM accesses hardly any of them again.",
  requires: ["steal", "pageAges", "compression"],
  uses: (values) => usesAtShortage(["steal", "pageAges", "compression"], values),
  periodNs: (values) => nsFromMs(values.scanMs),
  parameters,
  create: (values, prng) =>
    stateful<readonly FarVm[]>([], (known, observation) => {
      if (observation.cause === "period") {
        const scans = scanAll(known, observation, values);
        return { state: scans.map((each) => each.known), decisions: scans.flatMap(({ decisions }) => decisions) };
      }
      const steals = stealAtShortage(observation, values, prng);
      return { state: known.map((each) => leaveAtRandom(each, countOf(steals, each.vm))), decisions: steals };
    }),
});

function scanAll(known: readonly FarVm[], { vms, timeNs }: Observation, settings: Settings): ReturnType<typeof scan>[] {
  return vms.map((vm) => {
    const before = known.find((each) => each.vm === vm.vm);
    return before === undefined ? meet(vm, timeNs) : scan(before, vm, timeNs, settings);
  });
}

function countOf(steals: readonly StealPages[], vm: number): number {
  const take = steals.find((steal) => steal.vm === vm)?.take;
  return take !== undefined && "count" in take ? take.count : 0;
}
