import { hasBalloon, type Prng, stealAtRandom, type StealPages, type StealPlace } from "@ballast/core/policy";
import type { Allocation, Allocations } from "./allocation.ts";
import type { Paging } from "./memory-actions.ts";

type PagingOrder = { readonly paging: Paging; readonly neededPages: number; readonly into: StealPlace };
type Take = { readonly allocation: Allocation; readonly count: number };

/** Pages to be paged out at random, of VMs above their targets or limits, and what a shortage needs beyond these. */
export function decidePaging({ all }: Allocations, { paging, neededPages, into }: PagingOrder, prng: Prng): StealPages[] {
  const takes = all.map((allocation): Take => ({ allocation, count: countOf(allocation, paging) }));
  const taken = takes.reduce((sum, { count }) => sum + count, 0);
  const left = takes.map(({ allocation: { vm }, count }) => ({ ...vm, residentPages: vm.residentPages - count }));
  const missing = Math.max(0, neededPages - taken);
  const reason = "no free frame, and nobody above its target";
  return [
    ...takes.filter(({ count }) => count > 0).map((take) => pageOut(take, into)),
    ...stealAtRandom(left, missing, prng, reason, { neededPages }).map((steal) => Object.assign({ into }, steal)),
  ];
}

function countOf({ vm, targetPages }: Allocation, paging: Paging): number {
  const { residentPages, limitPages } = vm;
  const aboveLimit = Math.max(0, residentPages - limitPages);
  if (paging === "nothing") return aboveLimit;
  const aboveTarget = Math.max(0, residentPages - targetPages);
  if (paging === "all" || !hasBalloon(vm)) return Math.max(aboveLimit, aboveTarget);
  const leftByBalloon = Math.min(residentPages, vm.configuredPages - vm.balloon.capPages);
  return Math.max(aboveLimit, leftByBalloon - targetPages);
}

function pageOut({ allocation: { vm, targetPages, figures }, count }: Take, into: StealPlace): StealPages {
  const reason = targetPages === vm.limitPages ? "above its limit" : "above its target";
  return { kind: "StealPages", vm: vm.vm, take: { count, order: "random" }, into, reason, figures };
}
