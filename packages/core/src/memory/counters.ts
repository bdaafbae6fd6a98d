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
  "refaultsActivated",
  "guestOutOfMemory",
  "hostMinorFaults",
  "hostMajorFaults",
  "hostWaitNs",
  "framesZeroed",
  "frameShortages",
  "swapOuts",
  "swapIns",
  "pagesStolen",
  "balloonTargetsSet",
  "balloonPagesPinned",
  "balloonPagesUnpinned",
  "balloonPops",
  "balloonRefusals",
  "balloonOomDeflations",
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
  "diskBusyNs",
  "diskQueueNs",
] as const;

export type CounterName = (typeof COUNTERS)[number];

/** The place of each counter in a VM's array. */
export const Counter = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<CounterName, number>
>;
