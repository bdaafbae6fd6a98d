import { BalloonTargetLearned } from "../../../events/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** The size that the balloon is to have, as the driver's cap allows. */
export function balloonTarget(vm: VmRuntime): number {
  return Math.min(vm.memory.balloonTargetPages, vm.balloonCapPages);
}

/** The driver looks at its target; one that is its size already needs no telling. */
export function learnTarget(host: HostRuntime, vm: VmRuntime): number {
  const target = balloonTarget(vm);
  const { vm: number, balloonSizePages } = vm.memory;
  if (target !== balloonSizePages) {
    host.recorder.record(BalloonTargetLearned, number, target, balloonSizePages);
  }
  return target;
}
