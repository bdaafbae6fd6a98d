import { SwapCachePageDropped } from "../../../events/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { SwapCache } from "../../state/host-swap/swap-cache.ts";

/** Frees the frame of the page that has been in the swap cache for longest; false if there is none. */
export function dropOldestCached(host: HostRuntime): boolean {
  const { swapCache } = host;
  const slot = swapCache?.oldestSlot;
  if (swapCache === undefined || slot === undefined) return false;
  dropCached(host, swapCache, slot);
  return true;
}

/** A page that was read ahead leaves the swap cache untouched: it was read in vain. */
export function dropCached(host: HostRuntime, cache: SwapCache, slot: number): void {
  const { vm, real } = cache.ownerOf(slot);
  const { frame } = cache.take(slot);
  host.recorder.record(SwapCachePageDropped, vm, real, frame, slot);
  host.giveBackFrame(frame);
}
