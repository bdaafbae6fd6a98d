import type { Costs } from "./scenario.ts";

/** A default with where it comes from and how sure that is, for people to see. */
export type CostDefault = {
  readonly ns: number;
  readonly description: string;
  readonly source: string;
  readonly confidence: "published" | "derived" | "assumed";
};

export const COST_DEFAULTS: Readonly<Record<keyof Costs, CostDefault>> = {
  trapNs: {
    ns: 500,
    description: "a trap: from the VM to the hypervisor and back",
    source: "known to the field: about 0.5 us on current processors",
    confidence: "assumed",
  },
  hostFaultNs: {
    ns: 3_350,
    description: "handling a missing real map entry, without the zeroing",
    source: "HyperAlloc's published measurements: 3.55 us with a zeroed 4 KiB page, less 0.2 us",
    confidence: "derived",
  },
  guestFaultNs: {
    ns: 300,
    description: "a guest fault without disk, including the guest's own zeroing",
    source: "HyperAlloc's published measurements",
    confidence: "derived",
  },
  zeroingNs: {
    ns: 200,
    description: "writing zeros to a 4 KiB frame",
    source: "known to the field: about 20 GB/s",
    confidence: "assumed",
  },
  balloonPageInNs: {
    ns: 4_300,
    description: "inflating by one page",
    source: "HyperAlloc's published measurements of virtio-balloon",
    confidence: "derived",
  },
  balloonPageOutNs: {
    ns: 1_800,
    description: "deflating by one page",
    source: "HyperAlloc's published measurements of virtio-balloon",
    confidence: "derived",
  },
  reportPageNs: {
    ns: 100,
    description: "taking one page of a reported block of free pages from its VM",
    source: "an entry cleared and a frame freed, many in one call",
    confidence: "assumed",
  },
  idleScanPageNs: {
    ns: 10,
    description: "reading and clearing one accessed bit; the host's time, not the VM's",
    source: "a sequential walk over the table's entries",
    confidence: "assumed",
  },
  sharingReadPageNs: {
    ns: 1_000,
    description: "reading a 4 KiB page to hash it or compare it with another, for sharing; the host's time, not the VM's",
    source: "about 4 GB/s",
    confidence: "assumed",
  },
  copyPageNs: {
    ns: 1_000,
    description: "copying a 4 KiB page before a store, because others share its frame",
    source: "known to the field: about 1 us",
    confidence: "assumed",
  },
  guestReclaimNs: {
    ns: 1_000,
    description: "finding a page to evict in a guest with watermarks and taking it out of its tables, without the write",
    source: "a few cache misses and one flush of a translation",
    confidence: "assumed",
  },
  decompressionNs: {
    ns: 6_400,
    description: "bringing a page back from the compression cache, besides the host fault",
    source: "known to the field: 6.4 us a page",
    confidence: "assumed",
  },
  sampledPageNs: {
    ns: 750,
    description: "the trap at a touch of a sampled page, with its real map entry made valid again",
    source: "0.5 to 1 us for a sampling fault; the middle",
    confidence: "published",
  },
};
