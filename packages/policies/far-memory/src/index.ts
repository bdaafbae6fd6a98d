import {
  type Decision,
  NS_PER_MS,
  type Observation,
  type Policy,
  stealAtShortage,
  type StealPages,
  usesAtShortage,
} from "@ballast/core/policy";
import { type FarVm, leaveAtRandom, meet, scan } from "./far-memory-vm.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";

/** Google's software-defined far memory: compressed memory for pages that are cold, and cold enough to be hardly missed. */
export const policy: Policy = {
  name: "far-memory",
  version: "0.1.0",
  description: "Compresses pages that were left alone for long, as long as a VM asks for hardly any of them back.",
  requires: ["steal", "pageAges", "compression"],
  uses: (values) => usesAtShortage(["steal", "pageAges", "compression"], values),
  periodNs: (values) => Math.round(Number(values["scanMs"]) * NS_PER_MS),
  parameters,
  create: (values, prng) => {
    const settings = readSettings(values);
    let known: readonly FarVm[] = [];
    return {
      decide: (observation): readonly Decision[] => {
        if (observation.cause === "period") {
          const scans = scanAll(known, observation, settings);
          known = scans.map((each) => each.known);
          return scans.flatMap(({ decisions }) => decisions);
        }
        const steals = stealAtShortage(observation, values, prng);
        known = known.map((each) => leaveAtRandom(each, countOf(steals, each.vm)));
        return steals;
      },
      save: () => known,
      load: (saved) => {
        known = saved as unknown as readonly FarVm[];
      },
    };
  },
};

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
