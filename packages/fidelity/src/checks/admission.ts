import { VmLife } from "@ballast/core/memory";
import { type Check, defineCheck } from "../check.ts";
import { exactly } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";

type Form = Readonly<Record<string, unknown>>;

/** VMs of 1 GiB, of which 512 MiB are reserved, with ESX's 32 MiB of overhead each. */
async function countAdmitted({ simulate }: TestBench, host: Form): Promise<number> {
  const vm = { count: 20, memory: "1 GiB", reservationPages: "512 MiB", kernelPages: 0, balloon: false, processes: [] };
  const { machine } = await simulate({ scenario: { name: "admission", sampleNs: 0, host, vms: [vm], policy: "no-reclaim" } });
  return machine.vms.filter(({ life }) => life !== VmLife.Refused).length;
}

const admission = defineCheck({
  id: "admission.esx",
  title: "ESX admits a VM if its min and 32 MB of overhead fit into memory, and its max - min into swap",
  source: "C. A. Waldspurger, OSDI 2002, section 6.2",
  confidence: "published",
  method:
    "VMs of max 1,024 and min 512 MiB ask one after the other, on a host of 4,328 MiB: 7 times 544 MiB fit, and 512 MiB more would. Then with 3 GiB of swap: 6 times 512 MiB.",
  isQuick: true,
  figures: {
    "memory decides": { unit: "VMs", expected: exactly(Math.floor(4328 / (512 + 32))) },
    "swap decides": { unit: "VMs", expected: exactly(Math.floor(3072 / 512)) },
  },
  run: async (testBench) => {
    const host = { memory: "4328 MiB", vmOverheadPages: "32 MiB", swapReservation: true };
    return {
      figures: {
        "memory decides": await countAdmitted(testBench, { ...host, swapPages: "16 GiB" }),
        "swap decides": await countAdmitted(testBench, { ...host, swapPages: "3 GiB" }),
      },
    };
  },
});

export const admissionChecks: readonly Check[] = [admission];
