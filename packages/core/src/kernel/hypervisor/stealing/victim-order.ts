import type { RealPage } from "../../../ids/index.ts";
import type { Host } from "../../state/host.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** An order in which a VM's resident pages are stolen: one file of this folder for each. */
export type VictimChoice = {
  /** Its VictimOrder. */
  readonly code: number;
  /**
   * A resident page, or NO_PAGE: the order has none to give. Called once for each page that is then stolen. By age, only
   * pages left alone for so many scans are asked for.
   */
  readonly choose: (host: Host, vm: RunningVm, minimumScans: number) => RealPage;
};
