/** What is counted for each VM, event by event. Page hits and accesses come with the samples. */
export const COUNTERS = [
  "trapPageTableUpdate",
  "trapMissingRealMapEntry",
  "trapBalloonCall",
  "trapSampledPage",
  "trapStoreToSharedPage",
  "trapCostNs",
  "guestMinorFaults",
  "guestMajorFaults",
  "pageOuts",
  "pageIns",
  "filePageOuts",
  "filePageIns",
  "pagesDropped",
  "pagesReadAhead",
  "refaultsActivated",
  "backgroundReclaims",
  "backgroundReclaimPages",
  "directReclaims",
  "directReclaimNs",
  "guestOutOfMemory",
  "hostMinorFaults",
  "hostMajorFaults",
  "hostWaitNs",
  "framesZeroed",
  "frameShortages",
  "swapOuts",
  "swapIns",
  "pagesStolen",
  "pagesCompressed",
  "pagesDecompressed",
  "compressedPagesEvicted",
  "balloonTargetsSet",
  "balloonPagesPinned",
  "balloonPagesUnpinned",
  "balloonPops",
  "balloonRefusals",
  "balloonOomDeflations",
  "trapFreePageReport",
  "reportedFrames",
  "decisions",
  "idleScanCostNs",
  "pagesMerged",
  "sharedPageCopies",
  "sharedPageCopyNs",
  "sharingScannedPages",
  "sharingScanCostNs",
  "largePagesMapped",
  "largePagesShattered",
  "accesses",
  "clockNs",
  "waitNs",
  "blockedNs",
  "silentSwapWrites",
  "staleSwapReads",
  "falseSwapReads",
  "mapperUnmaps",
  "mapperReads",
  "diskBusyNs",
  "diskQueueNs",
  "swapPagesReadAhead",
  "swapCacheHits",
  "swapReadsWasted",
  "swapClustersRead",
  "swapClustersWritten",
  "faults",
  "workNs",
] as const;

export type CounterName = (typeof COUNTERS)[number];

/** The place of each counter in a VM's array. */
export const Counter = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<CounterName, number>
>;

/**
 * What a counter holds that the history does not tell, because an earlier version recorded less: whatever it is added to
 * is not known either. As JSON it is null.
 */
export const NOT_RECORDED = Number.NaN;

/** Counters as JSON has them, as numbers again. */
export function countersFrom(stored: readonly (number | null)[]): Float64Array {
  return Float64Array.from(stored, (count) => count ?? NOT_RECORDED);
}

/** Null for what the history does not tell. */
export function knownOrNull(count: number): number | null {
  return Number.isNaN(count) ? null : count;
}

/** Pages brought in ahead of their access: each saves a fault or is wasted. */
export function readAheadOf(counters: Float64Array): number {
  return counters[Counter.pagesReadAhead];
}

/**
 * Accesses that found no page, and pages read ahead: pages brought in for accesses, which is what Belady's MIN bounds.
 * `NOT_RECORDED` where the history does not tell.
 */
export function faultsOf(counters: Float64Array): number {
  return counters[Counter.faults];
}
