import type { Handlers } from "./handlers.ts";

export const balloonHandlers = {
  BalloonTargetSet: (machine, number, targetPages) => {
    const vm = machine.vm(number);
    vm.balloonTargetPages = targetPages;
  },
  BalloonTargetLearned: null,
  BalloonPagePinned: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.pinForBalloon(page);
  },
  BalloonPageUnpinned: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.unpinFromBalloon(page);
  },
  BalloonPopped: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.unpinFromBalloon(page);
  },
  BalloonInflated: null,
  BalloonDeflated: null,
  BalloonAllocationRefused: null,
  BalloonDeflatedOnOom: null,
  FreePagesReported: null,
} satisfies Handlers<"balloon">;
