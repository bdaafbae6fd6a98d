import type { Steps } from "../../history/index.ts";
import { type MachineTables, OWNER_SHARED, type VmTables } from "@ballast/core/memory";

/** Real pages that are looked at in one step. */
const STEP_PAGES = 65_536;

export type Sharer = { readonly vm: VmTables; readonly page: number };

/** The first real pages, by VM and number, that a shared frame backs: looked for in every real map table. */
export function* sharersOf({ frames, vms }: MachineTables, frame: number, first: number): Steps<Sharer[]> {
  const found: Sharer[] = [];
  const count = Math.min(first, frames.sharers[frame] ?? 0);
  for (const vm of vms) {
    for (let page = 0; page < vm.realMap.length && found.length < count; page++) {
      if (page % STEP_PAGES === 0) yield;
      if (vm.realMap[page] === frame) found.push({ vm, page });
    }
  }
  return found;
}

/** Whether a frame stands behind a real page of a VM, as a question about any frame. */
export function* framesOf({ frames, vms }: MachineTables, vm: number): Steps<(frame: number) => boolean> {
  const shared = new Set<number>();
  const realMap = vms[vm - 1]?.realMap ?? new Int32Array();
  for (let page = 0; page < realMap.length; page++) {
    if (page % STEP_PAGES === 0) yield;
    const frame = realMap[page]!;
    if (frames.ownerVm[frame] === OWNER_SHARED) shared.add(frame);
  }
  return (frame) => frames.ownerVm[frame] === vm || shared.has(frame);
}
