import { unreachable } from "../assert/index.ts";
import { EventCode } from "../events/index.ts";
import { Counter } from "./counters.ts";
import type { VmTables } from "./vm-tables.ts";

/** What the policy lets a VM have and do. */
export function applyToRights(vm: VmTables, code: number, a: number, d: number): void {
  switch (code) {
    case EventCode.MemoryLimitSet:
      vm.memoryLimitPages = a;
      return;
    case EventCode.VmBlocked:
      vm.isBlocked = true;
      return;
    case EventCode.VmUnblocked:
      vm.isBlocked = false;
      vm.counters[Counter.blockedNs] = d;
      return;
    case EventCode.ResourceLacked:
      return;
    default:
      return unreachable(code as never, "event of a VM");
  }
}
