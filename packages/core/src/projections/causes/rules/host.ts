import { type EventsOf, FrameLossCause, ShatterCause, TrapCause, byNumber, valueOf } from "../../../events/index.ts";
import { LARGE_PAGE_PAGES } from "../../../ids/index.ts";
import {
  type Causes,
  causes,
  type CauseRule,
  decided,
  type EventAt,
  from,
  isA,
  type Link,
  nearest,
  neighbour,
  numberOf,
} from "../cause-rule.ts";
import { evictionUnderWay } from "../evictions.ts";
import { vmEnd, vmEnds } from "../vm-end.ts";

const SAME_REAL = ["vm", "realPage"];

const isTrap =
  (...kinds: readonly TrapCause[]) =>
  (_: EventAt, trap: EventAt): boolean =>
    kinds.some((kind) => kind === numberOf(trap, "cause"));
const forFrame = isTrap(TrapCause.MissingRealMapEntry, TrapCause.PageTableUpdate, TrapCause.StoreToSharedPage);

const hostFault = causes([from("HostFaulted", SAME_REAL, "The host fault of the real page needed it.")]);
const stolen = causes([from("PageStolen", SAME_REAL, "The hypervisor had chosen the page to take its frame.")]);
const pinned = from("BalloonPagePinned", SAME_REAL, "The page is in the balloon, so that the guest does not need its content.");
const reported = from("Trapped", ["vm"], "The guest reported the page as free.", { where: isTrap(TrapCause.FreePageReport) });
const storeTrap = causes([from("Trapped", SAME_REAL, "A store to a shared frame traps.", { where: isTrap(TrapCause.StoreToSharedPage) })]);

/** Taken by a decision; else because the VM was at its memory limit when a fault needed one more frame. */
const AT_LIMIT = "The VM was at its memory limit when this needed one more frame.";
const taking = (same: readonly string[]): readonly Link[] => [
  decided("The policy decided to free memory.", "operation"),
  from("HostFaulted", same, AT_LIMIT),
  from("Trapped", same, AT_LIMIT, { where: forFrame }),
];
const taken = causes(taking(["vm"]));

const hostMapping: Readonly<Record<keyof EventsOf<"host-mapping">, CauseRule>> = {
  HostFaulted: (event) => {
    const trapped = from("Trapped", SAME_REAL, "The trap brought control to the hypervisor, which found no frame.", { where: forFrame });
    // Without a trap of its own: read back before the guest writes over the block of its disk that has the only copy.
    return hasTrap(event) ? causes([trapped]) : evictionUnderWay(event, ["vm"]);
  },
  FrameMapped: hostFault,
  FrameUnmapped: (event) => valueOf(LOSSES, numberOf(event, "cause"), "the cause of the loss of a frame"),
  FrameZeroed: causes([from("HostFaulted", ["vm"], "The host fault needed a frame, which must not show what its last owner left.")]),
  FrameShortage: causes([
    from("HostFaulted", SAME_REAL, "The host fault needed a frame when none was free."),
    from("Trapped", SAME_REAL, "The trap needed a frame when none was free.", { where: forFrame }),
  ]),
};

/** Whether a trap led to a host fault, and no other host fault of the page came behind that. */
function hasTrap(event: EventAt): boolean {
  const before = nearest(event, -1, ["Trapped", "HostFaulted"], SAME_REAL);
  return before !== undefined && isA(before, "Trapped");
}

const LOSSES = byNumber(FrameLossCause, {
  Steal: stolen,
  Balloon: causes([pinned]),
  Exit: vmEnd,
  FreePageReport: causes([reported]),
});

/** Content that is kept for a page is given up with the page, or because the guest overwrites all of it. */
const givenUp = causes(
  [pinned, reported, from("Trapped", SAME_REAL, "The guest overwrites the whole page.", { where: forFrame }), ...vmEnds],
  vmEnd.otherwise,
);

const hostSwap: Readonly<Record<keyof EventsOf<"host-swap">, CauseRule>> = {
  PageSwappedOut: causes([...stolen.links, from("CompressedPageEvicted", SAME_REAL, "The page had to leave the compression cache.")]),
  PageSwappedIn: hostFault,
  SwapSlotFreed: givenUp,
  SilentSwapWrite: causes([from("PageSwappedOut", SAME_REAL, "The page was written although the guest's disk has the same.")]),
  StaleSwapRead: hostFault,
  FalseSwapRead: hostFault,
  PageUnmappedByMapper: stolen,
  PageReadByMapper: hostFault,
  MappedBlockForgotten: givenUp,
  SwapClusterRead: causes([from("HostFaulted", ["vm"], "The major host fault read its neighbours ahead.")]),
  SwapPageReadAhead: causes([from("SwapClusterRead", [], "The request read the page ahead.", { where: isInCluster })]),
  SwapCacheHit: hostFault,
  SwapCachePageDropped: (event) => (isGivenUp(event) ? givenUp : forItsFrame),
  SwapClusterWritten: causes([
    from("PageSwappedOut", ["vm"], "The request wrote the pages that were swapped out before.", {
      where: (cluster, out) => isWithin(numberOf(out, "slot"), numberOf(cluster, "firstSlot"), numberOf(cluster, "pages")),
    }),
  ]),
};

function isInCluster(page: EventAt, cluster: EventAt): boolean {
  return isWithin(numberOf(page, "slot"), numberOf(cluster, "firstSlot"), numberOf(cluster, "pages"));
}

const isWithin = (value: number, first: number, count: number): boolean => value >= first && value < first + count;

/** Whose slot is freed next is given up; any other page leaves the swap cache because somebody needs its frame. */
function isGivenUp(dropped: EventAt): boolean {
  const freed = neighbour(dropped, 1, "SwapSlotFreed");
  return freed !== undefined && [...SAME_REAL, "slot"].every((key) => numberOf(freed, key) === numberOf(dropped, key));
}

const forItsFrame = causes(
  [
    from("HostFaulted", [], "The host fault needed a frame when none was free."),
    from("Trapped", [], "The trap needed a frame when none was free.", { where: forFrame }),
  ],
  "A VM that was to start needed frames.",
);

const compression: Readonly<Record<keyof EventsOf<"compression">, CauseRule>> = {
  PageCompressed: stolen,
  PageDecompressed: hostFault,
  CompressedPageEvicted: taken,
  CompressedPageFreed: givenUp,
  CompressionCacheGrown: causes([from("PageCompressed", ["vm"], "The compressed page needs room.")]),
  CompressionCacheShrunk: causes([
    from(["PageDecompressed", "CompressedPageFreed", "CompressedPageEvicted"], ["vm"], "The page left room behind."),
  ]),
};

const sharing: Readonly<Record<keyof EventsOf<"sharing">, CauseRule>> = {
  ImageAttached: causes([from(["ProcessStarted", "FileOpened"], ["vm", "process"], "It was set up with this image.")]),
  FrameShared: causes(taking([])),
  PageShared: taken,
  SharedPageCopied: storeTrap,
  SharedFrameUnmapped: (event) => valueOf(LOSSES, numberOf(event, "cause"), "the cause of the loss of a frame"),
  FrameUnshared: storeTrap,
  SharingScanned: causes([decided("The policy decided to have pages scanned.")]),
};

const isAround = (large: EventAt, page: EventAt): boolean =>
  isWithin(numberOf(page, "realPage"), numberOf(large, "firstRealPage"), LARGE_PAGE_PAGES);

const SHATTERS = byNumber<keyof typeof ShatterCause, Causes>(ShatterCause, {
  FrameTaken: causes(
    [
      from("PageStolen", ["vm"], "The frame of one of its pages is taken.", { where: isAround }),
      from("BalloonPagePinned", ["vm"], "One of its pages is in the balloon.", { where: isAround }),
      reported,
      ...vmEnds,
    ],
    vmEnd.otherwise,
  ),
  Sharing: causes(taking([])),
  Sampling: causes([from(["ActiveSampled", "VmStarted"], ["vm"], "The sampling period that begins watches one of its pages.")]),
});

const largePages: Readonly<Record<keyof EventsOf<"large-pages">, CauseRule>> = {
  LargePageMapped: causes([from("HostFaulted", ["vm"], "The host fault of one of its pages needed it.", { where: isAround })]),
  LargePageShattered: (event) => valueOf(SHATTERS, numberOf(event, "cause"), "the cause of a shattering"),
};

const steal: Readonly<Record<keyof EventsOf<"steal">, CauseRule>> = { PageStolen: taken };

/** Of what the hypervisor does with frames. */
export const HOST_RULES = { ...hostMapping, ...hostSwap, ...compression, ...sharing, ...largePages, ...steal };
