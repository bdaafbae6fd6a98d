import { assert } from "../assert/index.ts";
import { EventCode, FrameLossCause, VictimOrder } from "../events/index.ts";
import { NO_ONE, NO_PAGE, type RealPage } from "../ids/index.ts";
import { HOST_IDLE } from "./access-bits.ts";
import type { StealOrder } from "../policy/index.ts";
import type { Host } from "./host.ts";
import { wasAccessed } from "./large-pages.ts";
import type { RunningVm } from "./running-vm.ts";
import { shareInstead } from "./sharing/share-instead.ts";
import { unmapFrame } from "./unmap-frame.ts";

/** Draws before a search for a resident page goes from page to page. */
const RANDOM_DRAWS = 64;

/**
 * Takes the frame of a resident page without the guest's help. Content is kept in the host's swap; a page of zeros
 * needs no keeping. Returns false, and nothing is changed, if the swap is full.
 */
export function stealPage(host: Host, vm: RunningVm, page: RealPage, order: number): boolean {
  if (shareInstead(host, vm, page)) return true;
  const { recorder } = host;
  const { memory } = vm;
  const frame = memory.physicalPage(page);
  const content = host.content[frame];
  const slot = content === 0 ? NO_PAGE : host.freeSwapSlots.take();
  if (content !== 0 && slot < 0) return false;
  recorder.record(EventCode.PageStolen, memory.vm, NO_ONE, page, frame, order);
  if (content !== 0) {
    recorder.record(EventCode.PageSwappedOut, memory.vm, NO_ONE, page, frame, slot, content);
    host.swapDevice.write(recorder.nowNs, slot);
  }
  unmapFrame(host, vm, page, FrameLossCause.Steal);
  return true;
}

type VictimChoice = { readonly code: number; readonly choose: (host: Host, vm: RunningVm) => RealPage };

const ORDERS: { readonly [Order in StealOrder]?: VictimChoice } = {
  random: { code: VictimOrder.Random, choose: chooseRandomPage },
  furthest: { code: VictimOrder.Furthest, choose: chooseFurthestPage },
  idle: { code: VictimOrder.Idle, choose: chooseIdlePage },
};

export function isStealOrder(order: unknown): order is StealOrder {
  return typeof order === "string" && Object.hasOwn(ORDERS, order);
}

/** Steals up to `count` pages in an order; returns how many. Fewer: nothing left to take, or the swap is full. */
export function stealPages(host: Host, vm: RunningVm, count: number, order: StealOrder): number {
  const victims = ORDERS[order];
  assert(victims !== undefined, () => `there is no order ${order}`);
  let stolen = 0;
  while (stolen < count && vm.memory.residentPages > 0) {
    const page = victims.choose(host, vm);
    const free = host.freeFrames.free;
    if (page === NO_PAGE || !stealPage(host, vm, page, victims.code)) break;
    // A shared frame is free only when its last page has gone.
    stolen += host.freeFrames.free - free;
  }
  return stolen;
}

/** Whether a page may be chosen: one with a frame of its own, as long as the VM has any, for a shared one frees nothing. */
function isVictim(host: Host, { memory }: RunningVm, page: RealPage): boolean {
  if (!memory.isResident(page)) return false;
  return memory.ownPages === 0 || !host.machine.frames.isShared(memory.physicalPage(page));
}

/** Uniform among the resident pages (up to the bias of the last resort: the next resident page from a random one). */
function chooseRandomPage(host: Host, vm: RunningVm): RealPage {
  const { memory } = vm;
  const pages = memory.configuredPages;
  let page = 0;
  for (let draw = 0; draw < RANDOM_DRAWS; draw++) {
    page = host.stealChance.nextBelow(pages);
    if (isVictim(host, vm, page as RealPage)) return page as RealPage;
  }
  return nextPage(page, pages, (candidate) => isVictim(host, vm, candidate));
}

/** Only a policy with foresight may ask for it. */
function chooseFurthestPage(host: Host, vm: RunningVm): RealPage {
  return host.foresight?.furthestPage(vm).page ?? (NO_PAGE as RealPage);
}

/** The next page, from where the last search ended, that was idle at the last scan and has not been touched since. */
function chooseIdlePage(host: Host, vm: RunningVm): RealPage {
  const { memory, accessBits } = vm;
  if (vm.idlePages <= 0) return NO_PAGE as RealPage;
  const page = nextPage(vm.scanHand, memory.configuredPages, (candidate) => {
    const isIdle = (accessBits[candidate] & HOST_IDLE) !== 0 && !wasAccessed(vm, candidate);
    return isIdle && isVictim(host, vm, candidate);
  });
  vm.idlePages = page === NO_PAGE ? 0 : vm.idlePages - 1;
  if (page !== NO_PAGE) vm.scanHand = page + 1 === memory.configuredPages ? 0 : page + 1;
  return page;
}

function nextPage(from: number, pages: number, isFit: (page: RealPage) => boolean): RealPage {
  for (let step = 0; step < pages; step++) {
    const page = from + step < pages ? from + step : from + step - pages;
    if (isFit(page as RealPage)) return page as RealPage;
  }
  return NO_PAGE as RealPage;
}
