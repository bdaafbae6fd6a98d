import { field, type EventType } from "../event-type.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const frame = field("physicalPage", "physicalPage", "the frame's number");
const slot = field("slot", "slot", "the place in the host's swap");
const firstSlot = field("firstSlot", "slot", "the first place in the host's swap");
const pages = field("pages", "count", "how many places the request covers");

/** Swap read-ahead and clustered swap-out; both are off unless the scenario asks for them. */
export const hostSwapEvents: readonly EventType[] = [
  {
    code: EventCode.SwapClusterRead,
    name: "SwapClusterRead",
    family: "host-swap",
    says: "The request that served a major host fault read pages around it ahead, too; each of them follows.",
    subject: "vm",
    fields: {
      a: firstSlot,
      b: pages,
      c: field("pagesReadAhead", "count", "pages that were read ahead"),
      d: field("waitNs", "ns", "time that the request took"),
    },
  },
  {
    code: EventCode.SwapPageReadAhead,
    name: "SwapPageReadAhead",
    family: "host-swap",
    says: "A swapped page of this VM was read ahead into a free frame: it is in the swap cache, and keeps its slot.",
    subject: "vm",
    fields: { a: real, b: frame, c: slot, d: field("content", "content", "what the page holds") },
  },
  {
    code: EventCode.SwapCacheHit,
    name: "SwapCacheHit",
    family: "host-swap",
    says: "A touched page is in the swap cache; its frame leaves the cache for the page.",
    subject: "vm",
    fields: { a: real, b: frame, c: slot },
  },
  {
    code: EventCode.SwapCachePageDropped,
    name: "SwapCachePageDropped",
    family: "host-swap",
    says: "A page left the swap cache untouched, for its frame or because it is not needed any more: it was read in vain.",
    subject: "vm",
    fields: { a: real, b: frame, c: slot },
  },
  {
    code: EventCode.SwapClusterWritten,
    name: "SwapClusterWritten",
    family: "host-swap",
    says: "The pages of this VM that were swapped out just before, to places that follow each other, were written by one request.",
    subject: "vm",
    fields: { a: firstSlot, b: pages },
  },
];
