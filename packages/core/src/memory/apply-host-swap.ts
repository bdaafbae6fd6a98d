import { EventCode } from "../events/index.ts";
import type { PhysicalPage, RealPage } from "../ids/index.ts";
import { Counter } from "./counters.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { VmTables } from "./vm-tables.ts";

type HostSwapCode =
  | typeof EventCode.SwapClusterRead
  | typeof EventCode.SwapPageReadAhead
  | typeof EventCode.SwapCacheHit
  | typeof EventCode.SwapCachePageDropped
  | typeof EventCode.SwapClusterWritten;

/** What swap read-ahead and clustered swap-out do to the tables. Frames of the swap cache are the hypervisor's. */
export function applyToHostSwap({ frames }: MachineTables, vm: VmTables, code: HostSwapCode, a: number, b: number): void {
  switch (code) {
    case EventCode.SwapClusterRead:
      vm.counters[Counter.swapClustersRead]++;
      return;
    case EventCode.SwapClusterWritten:
      vm.counters[Counter.swapClustersWritten]++;
      return;
    case EventCode.SwapPageReadAhead:
      vm.counters[Counter.swapPagesReadAhead]++;
      vm.enterSwapCache(a as RealPage);
      return frames.reserve(b as PhysicalPage, b + 1);
    case EventCode.SwapCacheHit:
      vm.counters[Counter.swapCacheHits]++;
      vm.leaveSwapCache(a as RealPage);
      return frames.release(b as PhysicalPage, b + 1);
    case EventCode.SwapCachePageDropped:
      vm.counters[Counter.swapReadsWasted]++;
      vm.leaveSwapCache(a as RealPage);
      return frames.release(b as PhysicalPage, b + 1);
  }
}
