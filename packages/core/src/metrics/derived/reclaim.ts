import { PAGE_BYTES } from "../../units/index.ts";
import type { DerivedResults, VmOutcome } from "./outcome.ts";
import { toPageSeconds } from "./page-seconds.ts";

/** Pages that were reclaimed and came back, and the bytes that this and the guests' paging moved. */
export const reclaimResults = {
  pagesStolenToSwap: {
    description: "Stolen pages whose content went to the host's swap.",
    unit: "pages",
    ofVm: stolenToSwap,
  },
  zeroPagesStolen: {
    description: "Stolen pages of zeros, of which nothing had to be kept.",
    unit: "pages",
    ofVm: (vm) => vm.counter("pagesStolen") - stolenToSwap(vm) - vm.counter("pagesCompressed") - vm.counter("mapperUnmaps"),
  },
  refaults: {
    description:
      "Pages that the hypervisor or a balloon took, and that were needed again: stolen pages that came back by a host fault (from the " +
      "host's swap, the compression cache, the guest's disk, or as zeros), and `balloonRefaults`.",
    unit: "pages",
    better: "lower",
    column: {
      title: "refaults",
      rank: 65,
      isOfEqualWork: true,
      legend: "pages that the hypervisor or a balloon took and that were needed again",
    },
    ofVm: (vm) =>
      CAME_BACK.reduce((total, name) => total + vm.counter(name), 0) +
      vm.observed.refaults.zeroPages +
      vm.observed.refaults.balloonedPages +
      vm.counter("balloonPops"),
  },
  zeroPageRefaults: {
    description: "Stolen pages of zeros that came back by a host fault.",
    unit: "pages",
    better: "lower",
    ofVm: ({ observed }) => observed.refaults.zeroPages,
  },
  balloonRefaults: {
    description:
      "Pages of processes that a guest gave up for its balloon and that came back by a guest fault, and pages in balloons that were " +
      "accessed. What a guest gives up of its own because its balloon has left it less is in `guestRefaults`.",
    unit: "pages",
    better: "lower",
    ofVm: (vm) => vm.observed.refaults.balloonedPages + vm.counter("balloonPops"),
  },
  guestRefaults: {
    description: "Pages of processes that a guest's own replacement or reclaim gave up and that came back by a guest fault.",
    unit: "pages",
    better: "lower",
    ofVm: ({ observed }) => observed.refaults.guestPages,
  },
  reportedRefaults: {
    description: "Pages that a guest reported free and that got a frame again. Their content was not needed, so they are no `refaults`.",
    unit: "pages",
    better: "lower",
    ofVm: ({ observed }) => observed.refaults.reportedPages,
  },
  swapReadBytes: bytes("Bytes read from the host's swap, those read ahead and those between them included.", ["swapPagesRead"]),
  swapWrittenBytes: bytes("Bytes written to the host's swap.", ["swapOuts"]),
  diskReadBytes: bytes("Bytes read from guests' disks: by the guests, of pages that they kept, and by the hypervisor.", [
    "pageIns",
    "mapperReads",
  ]),
  diskWrittenBytes: bytes("Bytes that guests wrote to their disks.", ["pageOuts"]),
  zeroedBytes: bytes("Bytes overwritten with zeros.", ["framesZeroed"]),
  zeroedFrames: {
    description: "Frames overwritten with zeros.",
    unit: "pages",
    isInAllVersions: true,
    column: { title: "zeroed", rank: 90, legend: "frames overwritten with zeros" },
    ofVm: (vm) => vm.counter("framesZeroed"),
  },
  unbackedPageSeconds: {
    description:
      "Memory that the VM did without: configured pages without a frame, times the seconds for which they had none, while it was on. " +
      "Pages that were never touched are among them.",
    unit: "pageSeconds",
    ofVm: ({ observed }) => toPageSeconds(observed.unbackedPageNs),
  },
} as const satisfies DerivedResults;

type Counted = Parameters<VmOutcome["counter"]>[0];

/** By where stolen pages were kept. */
const CAME_BACK: readonly Counted[] = ["hostMajorFaults", "swapCacheHits", "pagesDecompressed", "mapperReads"];

/** Pages that left the compression cache for the swap had been stolen before. */
function stolenToSwap(vm: VmOutcome): number {
  return vm.counter("swapOuts") - vm.counter("compressedPagesEvicted");
}

function bytes(description: string, counters: readonly Counted[]) {
  return {
    description,
    unit: "bytes",
    better: "lower",
    ofVm: (vm: VmOutcome) => PAGE_BYTES * counters.reduce((total, name) => total + vm.counter(name), 0),
  } as const;
}
