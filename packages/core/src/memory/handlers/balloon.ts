import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

export const balloonHandlers = {
  BalloonTargetSet: (machine, number, targetPages) => {
    const vm = machine.vm(number);
    vm.balloonTargetPages = targetPages;
    vm.counters[Counter.balloonTargetsSet]++;
  },
  BalloonTargetLearned: null,
  BalloonPagePinned: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.counters[Counter.balloonPagesPinned]++;
    vm.pinForBalloon(page);
  },
  BalloonPageUnpinned: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.counters[Counter.balloonPagesUnpinned]++;
    vm.unpinFromBalloon(page);
  },
  BalloonPopped: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.counters[Counter.balloonPops]++;
    vm.unpinFromBalloon(page);
  },
  BalloonInflated: null,
  BalloonDeflated: null,
  BalloonAllocationRefused: (machine, vm) => {
    machine.vm(vm).counters[Counter.balloonRefusals]++;
  },
  BalloonDeflatedOnOom: (machine, vm) => {
    machine.vm(vm).counters[Counter.balloonOomDeflations]++;
  },
  FreePagesReported: (machine, vm, _reportedPages, framePages) => {
    machine.vm(vm).counters[Counter.reportedFrames] += framePages;
  },
} satisfies Handlers<"balloon">;
