import type { ObservedOrder } from "../policy/index.ts";

/** What happens right before an access (by its index): a number of frames from then on, or a number of pages taken in one step. */
export type MemoryPressure = { readonly atAccess: number; readonly frames: number } | { readonly atAccess: number; readonly taken: number };

export type ReferenceResult = { readonly misses: number; readonly victims: readonly number[] };

type Resident = { readonly page: number; readonly loadedAt: number; usedAt: number; isReferenced: boolean };

/**
 * Victims and misses of a sequence of page numbers under memory that changes, written to be read, not to be fast: the
 * oracle of the hypervisor's orders. CLOCK sets the reference bit on load.
 */
export function referenceVictims(
  order: ObservedOrder,
  pages: readonly number[],
  frames: number,
  pressures: readonly MemoryPressure[] = [],
): ReferenceResult {
  let resident: Resident[] = [];
  let room = frames;
  let misses = 0;
  const victims: number[] = [];
  const takeOne = (): void => {
    const victim = chooseVictim(order, resident);
    resident = resident.filter((candidate) => candidate !== victim);
    victims.push(victim.page);
  };
  const press = (pressure: MemoryPressure): void => {
    if ("frames" in pressure) room = pressure.frames;
    const count = "frames" in pressure ? resident.length - room : Math.min(pressure.taken, resident.length);
    for (let taken = 0; taken < count; taken++) takeOne();
  };
  for (const [at, page] of pages.entries()) {
    pressures.filter(({ atAccess }) => atAccess === at).forEach(press);
    const hit = resident.find((candidate) => candidate.page === page);
    if (hit !== undefined) {
      hit.usedAt = at;
      hit.isReferenced = true;
      continue;
    }
    misses++;
    if (resident.length >= room) takeOne();
    resident.push({ page, loadedAt: at, usedAt: at, isReferenced: true });
  }
  pressures.filter(({ atAccess }) => atAccess >= pages.length).forEach(press);
  return { misses, victims };
}

/** Of clock the first page without a reference bit, those before it lose theirs and go behind: the ring in place. */
function chooseVictim(order: ObservedOrder, resident: Resident[]): Resident {
  if (order === "fifo") return resident.toSorted((left, right) => left.loadedAt - right.loadedAt)[0];
  if (order === "lru") return resident.toSorted((left, right) => left.usedAt - right.usedAt)[0];
  while (resident[0].isReferenced) {
    const passed = resident.shift() as Resident;
    resident.push({ ...passed, isReferenced: false });
  }
  return resident[0];
}
