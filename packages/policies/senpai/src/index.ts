import { type Capability, definePolicyWithFallback, nsFromMs, OBSERVED_ORDERS } from "@ballast/core/policy";
import { limit2019 } from "./limit-2019.ts";
import { parameters, type Settings } from "./parameters.ts";
import { reclaimTmo } from "./reclaim-tmo.ts";
import { VmByVm } from "./vm-by-vm.ts";

/** Senpai: probes each VM for memory that it does not miss, by how long it stands still when some is taken. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "senpai",
  version: "0.1.0",
  description: "Takes memory from each VM in small steps, until it stalls on memory as long as it is allowed to.",
  requires: ["pressure", "memoryLimit", "steal", "compression"],
  uses: usesOf,
  orders: (values) => OBSERVED_ORDERS.filter((order) => order === values.order),
  periodNs: ({ form, tickMs, intervalTicks }) => nsFromMs(tickMs * (form === "tmo" ? intervalTicks : 1)),
  parameters,
  asked: "at periods",
  create: (settings) => (settings.form === "2019" ? new VmByVm(limit2019, settings) : new VmByVm(reclaimTmo, settings)),
});

function usesOf({ form, into }: Settings): Capability[] {
  const means: Capability[] = form === "2019" ? ["pressure", "memoryLimit"] : ["pressure", "steal"];
  return into === "compression" ? [...means, "compression"] : means;
}
