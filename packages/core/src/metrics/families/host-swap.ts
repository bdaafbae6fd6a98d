import {
  DeviceSampled,
  FalseSwapRead,
  HostFaulted,
  MappedBlockForgotten,
  PageReadByMapper,
  PageSwappedIn,
  PageSwappedOut,
  PageUnmappedByMapper,
  SilentSwapWrite,
  StaleSwapRead,
  SwapCacheHit,
  SwapCachePageDropped,
  SwapClusterRead,
  SwapClusterWritten,
  SwapPageReadAhead,
  SwapSlotFreed,
} from "../../events/index.ts";
import { adds, counts, sets, subtracts } from "../effect.ts";
import { counter, gauge, hostCounter, hostGauge } from "../metric.ts";

/** The host's swap, and pages that the hypervisor reads in vain or leaves on the guest's disk. */
export const hostSwapMetrics = {
  swapOuts: counter({
    description: "Pages that the hypervisor wrote to the host's swap.",
    unit: "pages",
    better: "lower",
    result: { isInAllVersions: true },
    effects: [counts(PageSwappedOut)],
  }),
  swapIns: counter({
    description: "Pages that the hypervisor read from the host's swap.",
    unit: "pages",
    better: "lower",
    result: { isInAllVersions: true },
    effects: [counts(PageSwappedIn)],
  }),
  swapPagesRead: counter({
    description: "Pages that requests read from the swap device, those ahead and those between them included.",
    unit: "pages",
    better: "lower",
    effects: [counts(HostFaulted, { where: { fault: "Major" } }), adds(SwapClusterRead, "pages"), subtracts(SwapClusterRead, 1)],
  }),
  silentSwapWrites: counter({
    description: "Pages written to the host's swap that the guest's disk has too.",
    unit: "pages",
    better: "lower",
    effects: [counts(SilentSwapWrite)],
  }),
  staleSwapReads: counter({
    description: "Pages swapped in only for the guest to read its disk into them.",
    unit: "pages",
    better: "lower",
    effects: [counts(StaleSwapRead)],
  }),
  falseSwapReads: counter({
    description: "Pages swapped in only for the guest to fill them with zeros.",
    unit: "pages",
    better: "lower",
    effects: [counts(FalseSwapRead)],
  }),
  mapperUnmaps: counter({
    description: "Stolen pages that were left on the guest's disk instead of being swapped out.",
    unit: "pages",
    result: {},
    effects: [counts(PageUnmappedByMapper)],
  }),
  mapperReads: counter({
    description: "Pages that the hypervisor read back from the guest's disk.",
    unit: "pages",
    better: "lower",
    result: {},
    effects: [counts(PageReadByMapper)],
  }),
  swapPagesReadAhead: counter({
    description: "Pages that were read ahead from the host's swap.",
    unit: "pages",
    effects: [counts(SwapPageReadAhead)],
  }),
  swapCacheHits: counter({
    description: "Pages that were accessed while they were in the swap cache: their read-ahead saved a request.",
    unit: "pages",
    better: "higher",
    result: {},
    effects: [counts(SwapCacheHit)],
  }),
  swapReadsWasted: counter({
    description: "Pages that left the swap cache without an access: they were read ahead in vain.",
    unit: "pages",
    better: "lower",
    effects: [counts(SwapCachePageDropped)],
  }),
  swapClustersRead: counter({
    description: "Requests to the swap device that read pages ahead.",
    unit: "count",
    effects: [counts(SwapClusterRead)],
  }),
  swapClustersWritten: counter({
    description: "Requests to the swap device that wrote pages, with clustered swap-out.",
    unit: "count",
    effects: [counts(SwapClusterWritten)],
  }),
  swappedPages: gauge({
    description: "Real pages in the host's swap.",
    unit: "pages",
    effects: [counts(PageSwappedOut), subtracts(PageSwappedIn, 1), subtracts(SwapSlotFreed, 1)],
  }),
  diskKeptPages: gauge({
    description: "Real pages without a frame that the hypervisor left on the guest's disk.",
    unit: "pages",
    effects: [counts(PageUnmappedByMapper), subtracts(PageReadByMapper, 1), subtracts(MappedBlockForgotten, 1)],
  }),
  swapCachePages: gauge({
    description: "Swapped pages that were read ahead; their frames are the hypervisor's.",
    unit: "pages",
    effects: [counts(SwapPageReadAhead), subtracts(SwapCacheHit, 1), subtracts(SwapCachePageDropped, 1)],
  }),
  swapUsedPages: hostGauge({
    description: "Pages in the host's swap.",
    unit: "pages",
    effects: [counts(PageSwappedOut), subtracts(PageSwappedIn, 1), subtracts(SwapSlotFreed, 1)],
  }),
  swapBusyNs: hostCounter({
    description: "Time that the swap device served requests, summed over those it serves simultaneously, as of the last sample.",
    unit: "ns",
    better: "lower",
    effects: [sets(DeviceSampled, "totalNs", { where: { device: "HostSwap", metric: "BusyNs" } })],
  }),
  swapQueueNs: hostCounter({
    description: "Time that requests to the swap device queued, as of the last sample.",
    unit: "ns",
    better: "lower",
    effects: [sets(DeviceSampled, "totalNs", { where: { device: "HostSwap", metric: "QueueNs" } })],
  }),
};
