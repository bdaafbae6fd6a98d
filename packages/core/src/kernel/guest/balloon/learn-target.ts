import { EventCode } from "../../../events/index.ts";
import { NO_ONE } from "../../../ids/index.ts";
import type { Host } from "../../state/host.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** The size that the balloon is to have, as the driver's cap allows. */
export function balloonTarget(vm: RunningVm): number {
  return Math.min(vm.memory.balloonTargetPages, vm.balloonCapPages);
}

/** The driver looks at its target; one that is its size already needs no telling. */
export function learnTarget(host: Host, vm: RunningVm): number {
  const target = balloonTarget(vm);
  const { vm: number, balloonSizePages } = vm.memory;
  if (target !== balloonSizePages) {
    host.recorder.record(EventCode.BalloonTargetLearned, number, NO_ONE, target, balloonSizePages);
  }
  return target;
}
