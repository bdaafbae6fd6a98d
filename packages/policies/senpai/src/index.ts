import {
  type Capability,
  type Decision,
  NS_PER_MS,
  OBSERVED_ORDERS,
  type Policy,
  stealAtShortage,
  usesAtShortage,
} from "@ballast/core/policy";
import { limit2019 } from "./limit-2019.ts";
import { parameters, readSettings, type Settings } from "./parameters.ts";
import { reclaimTmo } from "./reclaim-tmo.ts";
import { VmByVm } from "./vm-by-vm.ts";

/** Senpai: probes each VM for memory that it does not miss, by how long it stands still when some is taken. */
export const policy: Policy = {
  name: "senpai",
  version: "0.1.0",
  description: "Takes memory from each VM bit by bit, until it stands still for memory as long as it may.",
  requires: ["pressure", "memoryLimit", "steal", "compression"],
  uses: (values) => usesAtShortage(usesOf(readSettings(values)), values),
  orders: (values) => OBSERVED_ORDERS.filter((order) => order === readSettings(values).order),
  periodNs: (values) => {
    const { form, tickMs, intervalTicks } = readSettings(values);
    return Math.round(tickMs * (form === "tmo" ? intervalTicks : 1) * NS_PER_MS);
  },
  parameters,
  create: (values, prng) => {
    const settings = readSettings(values);
    const senpai = settings.form === "2019" ? new VmByVm(limit2019, settings) : new VmByVm(reclaimTmo, settings);
    return {
      decide: (observation): readonly Decision[] =>
        observation.cause === "period" ? senpai.decide(observation) : stealAtShortage(observation, values, prng),
      save: () => senpai.save(),
      load: (saved) => senpai.load(saved),
    };
  },
};

function usesOf({ form, into }: Settings): Capability[] {
  const means: Capability[] = form === "2019" ? ["pressure", "memoryLimit"] : ["pressure", "steal"];
  return into === "compression" ? [...means, "compression"] : means;
}
