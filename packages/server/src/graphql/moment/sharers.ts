import { type Machine, OWNER_SHARED, type VmMemory } from "@ballast/core/memory";

export type Sharer = { readonly vm: VmMemory; readonly page: number };

/** The first real pages, by VM and number, that a shared frame backs: looked for in every real map table. */
export function sharersOf({ frames, vms }: Machine, frame: number, first: number): Sharer[] {
  const found: Sharer[] = [];
  const count = Math.min(first, frames.sharers[frame] ?? 0);
  for (const vm of vms) {
    for (let page = 0; page < vm.realMap.length && found.length < count; page++) {
      if (vm.realMap[page] === frame) found.push({ vm, page });
    }
  }
  return found;
}

/** Whether a frame stands behind a real page of a VM, as a question about any frame. */
export function framesOf({ frames, vms }: Machine, vm: number): (frame: number) => boolean {
  const shared = new Set<number>();
  for (const frame of vms[vm - 1]?.realMap ?? []) if (frames.ownerVm[frame] === OWNER_SHARED) shared.add(frame);
  return (frame) => frames.ownerVm[frame] === vm || shared.has(frame);
}
