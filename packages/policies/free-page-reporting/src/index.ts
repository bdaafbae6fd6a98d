import {
  type Decision,
  NS_PER_MS,
  type Observation,
  type Policy,
  type SetFreePageReporting,
  stealAtShortage,
  usesAtShortage,
  type VmId,
} from "@ballast/core/policy";
import { type Blocks, parameters, readBlocks } from "./parameters.ts";

/** Free page reporting of virtio-balloon: guests say which blocks of memory they do not use, and lose the frames. */
export const policy: Policy = {
  name: "free-page-reporting",
  version: "0.1.0",
  description: "Guests report blocks of free pages, whose frames are taken, and nothing else is.",
  requires: ["freePageReporting", "steal"],
  uses: (values) => usesAtShortage(["freePageReporting"], values),
  periodNs: (values) => Math.round(Number(values["periodMs"]) * NS_PER_MS),
  parameters,
  create: (values, prng) => {
    const blocks = readBlocks(values);
    let told: readonly VmId[] = [];
    return {
      decide: (observation): Decision[] => {
        const decisions = switchOn(observation, told, blocks);
        told = observation.vms.map(({ vm }) => vm);
        return [...decisions, ...stealAtShortage(observation, values, prng)];
      },
      save: () => told,
      load: (saved) => {
        told = saved as readonly VmId[];
      },
    };
  },
};

/** Reporting is negotiated once with each VM whose driver can, when it has started. */
function switchOn({ vms }: Observation, told: readonly VmId[], blocks: Blocks): SetFreePageReporting[] {
  return vms.flatMap(({ vm, canReportFreePages = false }): SetFreePageReporting[] => {
    if (!canReportFreePages || told.includes(vm)) return [];
    return [{ kind: "SetFreePageReporting", vm, isOn: true, ...blocks, reason: "has started" }];
  });
}
