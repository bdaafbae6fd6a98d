import type { VictimOrder } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** An order in which a VM's resident pages are stolen: one file of this folder for each. */
export type VictimChoice = {
  readonly code: VictimOrder;
  /**
   * A resident page, or NO_PAGE: the order has none to give. Called once for each page that is then stolen. By age, only
   * pages not accessed for at least the given number of scans.
   */
  readonly choose: (host: HostRuntime, vm: VmRuntime, minimumScans: number) => RealPage;
};
