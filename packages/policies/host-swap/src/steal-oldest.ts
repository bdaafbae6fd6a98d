import { type StealPages, takeablePages, type VmObservation } from "@ballast/core/policy";

/**
 * Steals this many pages from all VMs together, those left alone for the most scans first, whichever VM has them; among
 * equals the VM with the lower number first. What came after the last scan counts as just accessed.
 */
export function stealOldest(
  vms: readonly VmObservation[],
  pages: number,
  why: { readonly reason: string; readonly figures: NonNullable<StealPages["figures"]> },
): StealPages[] {
  const takeable = takeablePages(vms);
  const ages = vms.map(agesOf);
  const counts = vms.map(() => 0);
  let missing = pages;
  for (let age = oldestOf(ages); age >= 0 && missing > 0; age--) {
    for (const index of vms.keys()) {
      const left = (takeable[index] ?? 0) - (counts[index] ?? 0);
      const count = Math.min(ages[index]?.[age] ?? 0, left, missing);
      counts[index] = (counts[index] ?? 0) + count;
      missing -= count;
    }
  }
  return vms.flatMap(({ vm }, index): StealPages[] => {
    const count = counts[index] ?? 0;
    return count === 0 ? [] : [{ kind: "StealPages", vm, take: { count, order: "age" }, ...why }];
  });
}

/** [i] pages last accessed i scans ago, all resident ones. */
function agesOf({ pageAges = [], residentPages }: VmObservation): number[] {
  const known = pageAges.reduce((sum, count) => sum + count, 0);
  const [young = 0, ...older] = pageAges;
  return [young + Math.max(0, residentPages - known), ...older];
}

function oldestOf(ages: readonly (readonly number[])[]): number {
  return ages.reduce((max, counts) => Math.max(max, counts.length - 1), -1);
}
