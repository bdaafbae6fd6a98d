import { NO_PAGE } from "../../../ids/index.ts";
import type { StealOrder, StealPlace } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { ageOrder } from "./age-order.ts";
import { clockOrder } from "./clock-order.ts";
import { fifoOrder } from "./fifo-order.ts";
import { furthestOrder } from "./furthest-order.ts";
import { idleOrder } from "./idle-order.ts";
import { lruOrder } from "./lru-order.ts";
import { randomOrder } from "./random-order.ts";
import { stealPage } from "./steal-page.ts";
import type { VictimChoice } from "./victim-order.ts";

/** Every order that the kernel can steal in. */
const ORDERS: { readonly [Order in StealOrder]: VictimChoice } = {
  random: randomOrder,
  fifo: fifoOrder,
  clock: clockOrder,
  idle: idleOrder,
  age: ageOrder,
  lru: lruOrder,
  furthest: furthestOrder,
};

export function isStealOrder(order: unknown): order is StealOrder {
  return typeof order === "string" && Object.hasOwn(ORDERS, order);
}

/** Which pages are stolen, and where they go. */
export type StealManner = {
  readonly order: StealOrder;
  readonly into: StealPlace;
  /** Of order `age`: pages left alone for fewer scans stay. */
  readonly minimumAgeScans?: number;
};

/**
 * Steals pages until the given number of frames more are free; returns how many are. Fewer: nothing left to take, or, by age, nothing
 * that old, or the swap is full.
 */
export function stealPages(host: HostRuntime, vm: VmRuntime, count: number, manner: StealManner): number {
  const { order, into, minimumAgeScans = 0 } = manner;
  const victims = ORDERS[order];
  let stolen = 0;
  while (stolen < count && vm.memory.residentPages > 0) {
    const page = victims.choose(host, vm, minimumAgeScans);
    const free = host.freeFrames.free;
    if (page === NO_PAGE || !stealPage(host, vm, page, victims.code, into)) break;
    // A shared frame is free only when its last page has gone; one behind a compressed page may go to the cache.
    stolen += host.freeFrames.free - free;
  }
  host.swapWriter.flush();
  return stolen;
}
