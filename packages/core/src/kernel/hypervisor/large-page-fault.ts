import { LARGE_PAGE_PAGES, type PhysicalPage, type RealPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { zeroFrame } from "./give-frame.ts";
import { mapLargePage, takeLargeBlock } from "./large-pages.ts";

/** Puts a large page around a real page without content, if one can be had; whether it did. */
export function backWithLargePage(host: HostRuntime, vm: VmRuntime, real: RealPage): boolean {
  const block = takeLargeBlock(host, vm, real);
  if (block < 0) return false;
  for (let at = 0; at < LARGE_PAGE_PAGES; at++) zeroFrame(host, vm, (block + at) as PhysicalPage);
  mapLargePage(host, vm, real, block as PhysicalPage);
  vm.measures.touch(real);
  return true;
}
