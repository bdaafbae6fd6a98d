import { EventCode, FrameLossCause, TrapCause, UnmapCause } from "../events/index.ts";
import { NO_ONE, NO_PAGE, type RealPage, type VirtualPage } from "../ids/index.ts";
import { evictPage } from "./guest-paging.ts";
import type { Host } from "./host.ts";
import { handleMissingFrame, releaseBacking } from "./host-paging.ts";
import type { RunningVm } from "./running-vm.ts";

/** One poll of a VM's balloon driver: learns the target over its private channel and goes towards it. */
export function pollBalloon(host: Host, vm: RunningVm): void {
  const balloon = vm.spec.balloon;
  if (balloon === null) return;
  vm.nextPollNs = vm.clockNs + balloon.pollNs;
  vm.pollMadeProgress = false;
  const { memory } = vm;
  const target = Math.min(memory.balloonTargetPages, vm.balloonCapPages);
  const size = memory.balloonSizePages;
  if (target === size) return;
  host.recorder.record(EventCode.BalloonTargetLearned, memory.vm, NO_ONE, target, size);
  const pages = Math.min(balloon.pollPages, Math.abs(target - size));
  if (target > size) inflate(host, vm, pages);
  else deflate(host, vm, pages);
}

/** Pins free pages, then those that the guest's replacement gives up; then tells the hypervisor, which takes the frames. */
function inflate(host: Host, vm: RunningVm, pages: number): void {
  const { recorder } = host;
  const { memory } = vm;
  const pinned: RealPage[] = [];
  while (pinned.length < pages && vm.isOn) {
    const free = vm.takeFreeRealPage();
    const real = free === NO_PAGE ? evictPage(host, vm, UnmapCause.Balloon) : free;
    if (real === NO_PAGE) break;
    recorder.record(EventCode.BalloonPagePinned, memory.vm, NO_ONE, real);
    vm.balloonPages.push(real);
    pinned.push(real);
  }
  if (!vm.isOn || pinned.length === 0) return;
  callHypervisor(host, vm, pinned.length * host.scenario.host.costs.balloonPageInNs);
  for (const real of pinned) releaseBacking(host, vm, real, FrameLossCause.Balloon);
  vm.pollMadeProgress = true;
  recorder.record(EventCode.BalloonInflated, memory.vm, NO_ONE, pinned.length, memory.balloonSizePages);
}

/** Unpins pages, the last pinned first. They come back without frames. */
function deflate(host: Host, vm: RunningVm, pages: number): void {
  const { recorder } = host;
  const { memory } = vm;
  callHypervisor(host, vm, pages * host.scenario.host.costs.balloonPageOutNs);
  for (let count = 0; count < pages; count++) {
    const real = vm.balloonPages.pop() as RealPage;
    recorder.record(EventCode.BalloonPageUnpinned, memory.vm, NO_ONE, real);
    vm.freeRealPages.giveBack(real);
  }
  vm.pollMadeProgress = true;
  recorder.record(EventCode.BalloonDeflated, memory.vm, NO_ONE, pages, memory.balloonSizePages);
}

function callHypervisor(host: Host, vm: RunningVm, workNs: number): void {
  const costNs = host.scenario.host.costs.trapNs + Math.ceil(workNs);
  vm.clockNs += costNs;
  host.recorder.record(
    EventCode.Trapped,
    vm.memory.vm,
    NO_ONE,
    TrapCause.BalloonCall,
    NO_PAGE,
    NO_PAGE,
    costNs,
  );
}

/** Something in the guest touched a page of the balloon: the page leaves it and gets a frame like any other. */
export function popBalloonPage(host: Host, vm: RunningVm, real: RealPage): void {
  vm.balloonPages.remove(real);
  host.recorder.record(EventCode.BalloonPopped, vm.memory.vm, NO_ONE, real);
  vm.freeRealPages.giveBack(real);
  vm.pollMadeProgress = true;
  handleMissingFrame(host, vm, NO_ONE, NO_PAGE as VirtualPage, real);
}
