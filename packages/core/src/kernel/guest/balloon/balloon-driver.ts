import type { BalloonSpec } from "../../../scenario/index.ts";
import type { Host } from "../../state/host.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** How a guest's balloon driver goes towards its target: one file of this folder for each driver. */
export type BalloonDriver<Spec extends BalloonSpec> = {
  /** Does what is due at `vm.balloon.nextNs`, and sets when it does something again. */
  work(host: Host, vm: RunningVm, spec: Spec): void;
  /** The hypervisor has set a target. */
  targetSet(host: Host, vm: RunningVm, spec: Spec): void;
};
