import { smallHost, smallScenario, smallVm } from "../../packages/core/src/testing/small-scenario.ts";
import type { Scenario } from "../../packages/core/src/scenario/index.ts";

export const OVERCOMMITMENT = 1.5;

/** VMs that touch all of their memory at random on a host that has too little: nearly every action faults, and pages are stolen in batches. */
export function thrashing(count: number, { pages, accesses }: { readonly pages: number; readonly accesses: number }): Scenario {
  const each = pages / count;
  const workload = { kind: "uniform", firstPage: 0, pages: each, accesses: Math.floor(accesses / count), writeRatio: 0.3 } as const;
  const vms = Array.from({ length: count }, (_, index) => smallVm(`vm${index}`, each, workload, { balloon: null }));
  return smallScenario(smallHost(Math.ceil(pages / OVERCOMMITMENT)), vms, { lookaheadNs: 50_000 });
}
