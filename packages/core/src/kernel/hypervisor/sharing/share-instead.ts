import type { PhysicalPage, RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isPrivateWith, mergePage, shareFrame } from "./shared-frames.ts";

/**
 * As ESX does before it swaps a page out: tries to share it, for that too frees its frame, and the page stays
 * (C. A. Waldspurger, OSDI 2002, section 4.3). Returns whether it did. Only if the policy has pages shared in ESX's way.
 */
export function shareInstead(host: HostRuntime, vm: VmRuntime, real: RealPage): boolean {
  const { sharing } = host;
  const frame = vm.memory.physicalPage(real);
  if (!host.sharesBeforeStealing || sharing.style !== "esx" || host.machine.frames.isShared(frame)) return false;
  const content = host.content[frame];
  const shared = sharing.frameByContent.get(content) ?? shareHinted(host, frame, content);
  if (shared === undefined) return false;
  mergePage(host, vm, real, shared as PhysicalPage);
  return true;
}

/** The frame that a hint names, shared from now on, if it still holds the same and is not the page's own. */
function shareHinted(host: HostRuntime, frame: number, content: number): number | undefined {
  const { hints } = host.sharing;
  const hint = hints.find(content);
  if (hint === frame || !isPrivateWith(host, hint, content)) return undefined;
  hints.forget(content);
  shareFrame(host, hint);
  return hint;
}
