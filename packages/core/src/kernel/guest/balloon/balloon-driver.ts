import type { BalloonSpec } from "../../../scenario/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** How a guest's balloon driver goes towards its target: one file of this folder for each driver. */
export type BalloonDriver<Spec extends BalloonSpec> = {
  /** Does what is due at `vm.balloon.nextNs`, and sets when it does something again. */
  work(host: HostRuntime, vm: VmRuntime, spec: Spec): void;
  /** The hypervisor has set a target. */
  targetSet(host: HostRuntime, vm: VmRuntime, spec: Spec): void;
};
