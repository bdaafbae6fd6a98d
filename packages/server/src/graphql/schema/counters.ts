import { Counter, COUNTERS, type CounterName, knownOrNull } from "@ballast/core/memory";
import { builder } from "./builder.ts";

export const COUNTER_SAYS: Readonly<Record<CounterName, string>> = {
  trapPageTableUpdate: "Traps at updates of guest page tables.",
  trapMissingRealMapEntry: "Traps for real pages without a frame.",
  trapBalloonCall: "Traps by which the balloon driver spoke with the hypervisor.",
  trapSampledPage: "Traps at pages that the hypervisor had invalidated to see whether they are touched.",
  trapStoreToSharedPage: "Traps at stores to pages whose frame is shared.",
  trapCostNs: "Time that traps took, in simulated ns.",
  guestMinorFaults: "Guest faults without disk.",
  guestMajorFaults: "Guest faults that read the guest's disk.",
  pageOuts: "Pages that guests wrote to their disks.",
  pageIns: "Pages that guests read from their disks.",
  filePageOuts: "Of these page-outs, pages of files; the others went to the guest's swap.",
  filePageIns: "Of these page-ins, pages of files; the others came from the guest's swap.",
  pagesDropped: "Clean pages that guests dropped.",
  pagesReadAhead: "Pages of files that were read ahead.",
  refaultsActivated: "Pages that came back so soon after their eviction that the guest made them active at once.",
  backgroundReclaims: "How often guests' background reclaim began.",
  backgroundReclaimPages: "Pages that guests gave up in the background.",
  directReclaims: "Pages that processes had to have given up themselves, below their guest's min mark.",
  directReclaimNs: "Time that this took them, in simulated ns.",
  guestOutOfMemory: "Accesses for which a guest had no real page left.",
  hostMinorFaults: "Host faults served by a zeroed frame.",
  hostMajorFaults: "Host faults served from the host's swap.",
  hostWaitNs: "Time that VMs waited for the hypervisor to bring pages back, in simulated ns.",
  framesZeroed: "Frames overwritten with zeros.",
  frameShortages: "Frames needed when none was free.",
  swapOuts: "Pages that the hypervisor wrote to the host's swap.",
  swapIns: "Pages that the hypervisor read from the host's swap.",
  pagesStolen: "Pages taken without the guest's help.",
  pagesCompressed: "Stolen pages that went into the compression cache.",
  pagesDecompressed: "Pages that a touch took out of the compression cache.",
  compressedPagesEvicted: "Pages that left the full compression cache for the host's swap.",
  balloonTargetsSet: "Balloon targets set.",
  balloonPagesPinned: "Pages that went into balloons.",
  balloonPagesUnpinned: "Pages that balloons gave back.",
  balloonPops: "Pages in balloons that were touched by mistake.",
  balloonRefusals: "Pages that guests refused their balloon drivers, once for each attempt.",
  balloonOomDeflations: "Times that balloons gave pages back to guests that would have run out of memory.",
  trapFreePageReport: "Traps by which guests reported free pages.",
  reportedFrames: "Frames that the hypervisor took because guests reported their pages free.",
  decisions: "Decisions of the policy.",
  idleScanCostNs: "Time that the host spent reading accessed bits, in simulated ns.",
  pagesMerged: "Pages that got a shared frame in place of their own.",
  sharedPageCopies: "Shared pages that were copied before a store.",
  sharedPageCopyNs: "Time that these copies took, in simulated ns.",
  sharingScannedPages: "Pages that the hypervisor looked at for others of equal content.",
  sharingScanCostNs: "Time that the host spent reading pages for that, in simulated ns.",
  largePagesMapped: "Large mappings made: 512 pages by one entry.",
  largePagesShattered: "Large mappings that became 512 entries again.",
  accesses: "Accesses to pages, as of the last sample.",
  clockNs: "The VM's own clock in simulated ns, as of the last sample; of a host the sum over its VMs.",
  waitNs: "Time spent waiting for devices in simulated ns, as of the last sample.",
  silentSwapWrites: "Pages written to the host's swap that the guest's disk has too.",
  staleSwapReads: "Pages swapped in only for the guest to read its disk into them.",
  falseSwapReads: "Pages swapped in only for the guest to fill them with zeros.",
  mapperUnmaps: "Stolen pages that were left on the guest's disk in place of being swapped out.",
  mapperReads: "Pages that the hypervisor read back from the guest's disk.",
  faults:
    "Accesses whose page had no entry in the page table or no frame behind it, and pages that the guest read ahead of their access.",
  workNs:
    "Work time of the VM in simulated ns: from its start to the end of its workload, with waits, blocked and idle time; 0 until then.",
  blockedNs: "Time that VMs were kept from running in simulated ns, as of the last sample or the end of the blocking.",
  diskBusyNs: "Time that the guest's disk served requests in simulated ns, summed over what it serves at once; as of the last sample.",
  diskQueueNs: "Time that requests to the guest's disk queued in simulated ns, as of the last sample.",
  swapPagesReadAhead: "Pages that were read ahead from the host's swap.",
  swapCacheHits: "Pages that were touched while they were in the swap cache: their read-ahead saved a request.",
  swapReadsWasted: "Pages that left the swap cache untouched: they were read ahead in vain.",
  swapClustersRead: "Requests to the swap device that read pages ahead.",
  swapClustersWritten: "Requests to the swap device that wrote pages, with clustered swap-out.",
};

/** What version 1 of the event catalogue does not tell. */
const NOT_ALWAYS_RECORDED: ReadonlySet<CounterName> = new Set(["faults", "workNs"]);

export const CountersRef = builder.objectRef<Float64Array>("Counters").implement({
  description: "What was counted since the run began, up to this moment.",
  fields: (t) =>
    Object.fromEntries(
      COUNTERS.map((name) => [
        name,
        NOT_ALWAYS_RECORDED.has(name)
          ? t.field({
              type: "BigInt",
              nullable: true,
              description: `${COUNTER_SAYS[name]} Null: the version that recorded the run did not record it.`,
              resolve: (counters) => knownOrNull(counters[Counter[name]]!),
            })
          : t.field({
              type: "BigInt",
              description: COUNTER_SAYS[name],
              resolve: (counters) => counters[Counter[name]]!,
            }),
      ]),
    ),
});

export function sumCounters(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(COUNTERS.length);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i]! += part[i] ?? 0;
  return sum;
}
