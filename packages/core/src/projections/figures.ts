import { Counter, COUNTERS, type CounterName } from "../memory/index.ts";

/** Figures of a VM besides its counters: how many pages are in which state now. */
export const VM_GAUGES = [
  "residentPages",
  "sharedPages",
  "largePages",
  "swappedPages",
  "compressedPages",
  "cacheFramePages",
  "mappedPages",
  "balloonSizePages",
  "balloonTargetPages",
  "memoryLimitPages",
  "diskKeptPages",
  "swapCachePages",
] as const;
export type VmGauge = (typeof VM_GAUGES)[number];

/** Figures of the host. */
export const HOST_FIGURES = [
  "freePages",
  "overheadPages",
  "swapUsedPages",
  "sharedFramePages",
  "savedPages",
  "memoryState",
  "swapBusyNs",
  "swapQueueNs",
] as const;
export type HostFigure = (typeof HOST_FIGURES)[number];

/** Figures of a VM in the order in which they are kept: counters since the run began, then gauges. */
export const VM_FIGURES: readonly (CounterName | VmGauge)[] = [...COUNTERS, ...VM_GAUGES];
export type VmFigure = (typeof VM_FIGURES)[number];

/** The place of each gauge among a VM's figures; a counter's place is that of `Counter`. */
export const Gauge = Object.fromEntries(VM_GAUGES.map((name, index) => [name, COUNTERS.length + index])) as Readonly<
  Record<VmGauge, number>
>;
export const HostPlace = Object.fromEntries(HOST_FIGURES.map((name, index) => [name, index])) as Readonly<
  Record<HostFigure, number>
>;

/** The place of a VM's figure, undefined if there is none of that name. */
export function vmFigurePlace(name: string): number | undefined {
  return Counter[name as CounterName] ?? Gauge[name as VmGauge];
}
