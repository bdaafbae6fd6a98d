import { NO_PAGE } from "../../ids/index.ts";
import { eventsOf, field, optional } from "../declare.ts";

const declare = eventsOf("host-swap");

const real = field("realPage", "realPage", "the page of the VM's real memory");
const physical = field("physicalPage", "physicalPage", "the frame's number");
const slot = field("slot", "slot", "the place in the host's swap");
const content = field("content", "content", "what the page held");
const block = field("block", "count", "the place on the guest's disk, in pages");
const firstSlot = field("firstSlot", "slot", "the first place in the host's swap");
const pages = field("pages", "count", "how many places the request covers");

export const PageSwappedOut = declare("PageSwappedOut", {
  code: 60,
  description: "The hypervisor wrote a page to the host's swap.",
  subject: "vm",
  fields: { a: real, b: optional(physical, NO_PAGE), c: slot, d: content },
});

export const PageSwappedIn = declare("PageSwappedIn", {
  code: 61,
  description: "The hypervisor read a page back from the host's swap; the slot is free again.",
  subject: "vm",
  fields: { a: real, b: physical, c: slot, d: content },
});

export const SwapSlotFreed = declare("SwapSlotFreed", {
  code: 62,
  description: "A page's copy in the host's swap is not needed any more: the VM gave the page up or ended.",
  subject: "vm",
  fields: { a: real, c: slot },
});

export const SilentSwapWrite = declare("SilentSwapWrite", {
  code: 63,
  description: "What the hypervisor wrote to its swap just before, the guest's disk has too: the page is an unmodified copy of a block.",
  subject: "vm",
  fields: { a: real, c: block, d: content },
});

export const StaleSwapRead = declare("StaleSwapRead", {
  code: 64,
  description: "The guest reads its disk into a real page whose old content the hypervisor has just swapped in, for nothing.",
  subject: "vm",
  fields: { a: real, d: field("waitNs", "ns", "time the VM waited for the swap-in") },
});

export const FalseSwapRead = declare("FalseSwapRead", {
  code: 65,
  description: "The guest fills with zeros a real page whose old content the hypervisor has just swapped in, for nothing.",
  subject: "vm",
  fields: { a: real, d: field("waitNs", "ns", "time the VM waited for the swap-in") },
});

export const PageUnmappedByMapper = declare("PageUnmappedByMapper", {
  code: 66,
  description: "The hypervisor does not write a stolen page to its swap: it knows the block of the guest's disk that holds the same.",
  subject: "vm",
  fields: { a: real, b: physical, c: block, d: content },
});

export const PageReadByMapper = declare("PageReadByMapper", {
  code: 67,
  description: "The hypervisor read a page that it had left on the guest's disk back from there.",
  subject: "vm",
  fields: { a: real, b: physical, c: block, d: content },
});

export const MappedBlockForgotten = declare("MappedBlockForgotten", {
  code: 68,
  description: "A page left on the guest's disk is not needed any more: the VM gave it up, overwrites it whole, or ended.",
  subject: "vm",
  fields: { a: real, c: block },
});

export const SwapClusterRead = declare("SwapClusterRead", {
  code: 130,
  description: "The request that served a major host fault read pages around it ahead, too; each of them follows.",
  subject: "vm",
  fields: {
    a: firstSlot,
    b: pages,
    c: field("pagesReadAhead", "count", "pages that were read ahead"),
    d: field("waitNs", "ns", "time that the request took"),
  },
});

export const SwapPageReadAhead = declare("SwapPageReadAhead", {
  code: 131,
  description: "A swapped page of this VM was read ahead into a free frame: it is in the swap cache, and keeps its slot.",
  subject: "vm",
  fields: { a: real, b: physical, c: slot, d: field("content", "content", "what the page holds") },
});

export const SwapCacheHit = declare("SwapCacheHit", {
  code: 132,
  description: "A touched page is in the swap cache; its frame leaves the cache for the page.",
  subject: "vm",
  fields: { a: real, b: physical, c: slot },
});

export const SwapCachePageDropped = declare("SwapCachePageDropped", {
  code: 133,
  description: "A page left the swap cache untouched, for its frame or because it is not needed any more: it was read in vain.",
  subject: "vm",
  fields: { a: real, b: physical, c: slot },
});

export const SwapClusterWritten = declare("SwapClusterWritten", {
  code: 134,
  description: "The pages of this VM that were swapped out just before, to places that follow each other, were written by one request.",
  subject: "vm",
  fields: { a: firstSlot, b: pages },
});
