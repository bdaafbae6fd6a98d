import {
  CompressionCacheGrown,
  CompressionCacheShrunk,
  FrameMapped,
  FrameShortage,
  FrameUnmapped,
  FrameZeroed,
  HostStarted,
  LargePageMapped,
  MemoryLimitSet,
  MemoryStateChanged,
  OverheadReleased,
  OverheadReserved,
  PageShared,
  PageStolen,
  SharedFrameUnmapped,
  SharedPageCopied,
  SwapCacheHit,
  SwapCachePageDropped,
  SwapPageReadAhead,
  VmAdmitted,
  VmRefused,
  VmStarted,
} from "../../events/index.ts";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { adds, counts, sets, subtracts } from "../effect.ts";
import { counter, gauge, hostGauge } from "../metric.ts";

/** Frames that the hypervisor takes for itself: adds them to what it keeps, and takes them from what is free. */
const HYPERVISOR_FRAMES = [CompressionCacheGrown, SwapPageReadAhead] as const;
const FRAMES_GIVEN_BACK = [CompressionCacheShrunk, SwapCacheHit, SwapCachePageDropped] as const;

export const hostMemoryMetrics = {
  framesZeroed: counter({ description: "Frames overwritten with zeros.", unit: "pages", effects: [counts(FrameZeroed)] }),
  frameShortages: counter({
    description: "Frames needed when none was free.",
    unit: "count",
    better: "lower",
    effects: [counts(FrameShortage)],
  }),
  pagesStolen: counter({
    description: "Pages taken without the guest's help.",
    unit: "pages",
    result: { isInAllVersions: true, column: { title: "stolen", rank: 70, legend: "pages taken without the guest's help" } },
    effects: [counts(PageStolen)],
  }),
  /** Under one-level mapping the native operating system has every frame from the start. */
  residentPages: gauge({
    description: "Real pages that have a frame.",
    unit: "pages",
    effects: [
      counts(FrameMapped),
      subtracts(FrameUnmapped, 1),
      adds(LargePageMapped, LARGE_PAGE_PAGES),
      subtracts(SharedFrameUnmapped, 1),
      adds(VmStarted, "configuredPages", { only: "oneLevel" }),
    ],
  }),
  memoryLimitPages: gauge({
    description: "The most frames it may hold.",
    unit: "pages",
    effects: [
      sets(VmAdmitted, "configuredPages"),
      sets(VmRefused, "configuredPages"),
      sets(MemoryLimitSet, "limitPages"),
      sets(VmStarted, "configuredPages", { only: "oneLevel" }),
    ],
  }),
  freePages: hostGauge({
    description: "Free frames.",
    unit: "pages",
    effects: [
      sets(HostStarted, "framePages"),
      subtracts(FrameMapped, 1),
      counts(FrameUnmapped),
      subtracts(LargePageMapped, LARGE_PAGE_PAGES),
      subtracts(VmStarted, "configuredPages", { only: "oneLevel" }),
      subtracts(OverheadReserved, "endPhysicalPage"),
      adds(OverheadReserved, "firstPhysicalPage"),
      adds(OverheadReleased, "endPhysicalPage"),
      subtracts(OverheadReleased, "firstPhysicalPage"),
      ...HYPERVISOR_FRAMES.map((event) => subtracts(event, 1)),
      ...FRAMES_GIVEN_BACK.map((event) => counts(event)),
      counts(PageShared),
      subtracts(SharedPageCopied, 1),
      counts(SharedFrameUnmapped, { where: { sharers: "zero" } }),
    ],
  }),
  overheadPages: hostGauge({
    description: "Frames that the hypervisor keeps.",
    unit: "pages",
    effects: [
      adds(OverheadReserved, "endPhysicalPage"),
      subtracts(OverheadReserved, "firstPhysicalPage"),
      subtracts(OverheadReleased, "endPhysicalPage"),
      adds(OverheadReleased, "firstPhysicalPage"),
      ...HYPERVISOR_FRAMES.map((event) => counts(event)),
      ...FRAMES_GIVEN_BACK.map((event) => subtracts(event, 1)),
    ],
  }),
  memoryState: hostGauge({
    description: "0 high, 4 clear, 1 soft, 2 hard, 3 low.",
    unit: "state",
    effects: [sets(MemoryStateChanged, "to")],
  }),
};
