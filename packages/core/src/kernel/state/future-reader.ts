import type { RealPage } from "../../ids/index.ts";
import type { MissRatioCurve } from "../../reuse/index.ts";
import type { VmRuntime } from "./vm-runtime.ts";

/** What a policy with foresight is told of a VM's future. */
export type FutureReader = {
  /**
   * The resident page that a VM needs last, the lower number among equals, and the time until then if it ran without a
   * fault (infinite if it is not needed any more); NO_PAGE and -1 if no page is resident.
   */
  furthestPage(vm: VmRuntime): { readonly page: RealPage; readonly ns: number };
  /** Of exact LRU, over all accesses of the VM; its processes take turns as they do in a VM that never waits. */
  missRatioCurve(vm: VmRuntime): MissRatioCurve;
};
