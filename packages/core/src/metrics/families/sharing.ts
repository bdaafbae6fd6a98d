import {
  FrameShared,
  FrameUnshared,
  LargePageMapped,
  LargePageShattered,
  PageShared,
  SharedFrameUnmapped,
  SharedPageCopied,
  SharingScanned,
} from "../../events/index.ts";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { adds, counts, subtracts } from "../effect.ts";
import { counter, gauge, hostGauge } from "../metric.ts";

/** Pages of equal content, and large pages. */
export const sharingMetrics = {
  pagesMerged: counter({
    description: "Pages that got a shared frame instead of their own.",
    unit: "pages",
    better: "higher",
    result: {},
    effects: [counts(PageShared)],
  }),
  sharedPageCopies: counter({
    description: "Shared pages that were copied before a store.",
    unit: "pages",
    better: "lower",
    result: {},
    effects: [counts(SharedPageCopied)],
  }),
  sharedPageCopyNs: counter({
    description: "Time that these copies took, in simulated ns.",
    unit: "ns",
    better: "lower",
    effects: [adds(SharedPageCopied, "costNs")],
  }),
  sharingScannedPages: counter({
    description: "Pages that the hypervisor looked at for others of equal content.",
    unit: "pages",
    effects: [adds(SharingScanned, "scannedPages")],
  }),
  sharingScanCostNs: counter({
    description: "Time that the host spent reading pages for that, in simulated ns.",
    unit: "ns",
    better: "lower",
    effects: [adds(SharingScanned, "costNs")],
  }),
  largePagesMapped: counter({
    description: "Large mappings made: 512 pages by one entry.",
    unit: "count",
    effects: [counts(LargePageMapped)],
  }),
  largePagesShattered: counter({
    description: "Large mappings that became 512 entries again.",
    unit: "count",
    better: "lower",
    effects: [counts(LargePageShattered)],
  }),
  sharedPages: gauge({
    description: "Real pages whose frame is a shared one.",
    unit: "pages",
    effects: [
      counts(FrameShared),
      subtracts(FrameUnshared, 1),
      counts(PageShared),
      subtracts(SharedPageCopied, 1),
      subtracts(SharedFrameUnmapped, 1),
    ],
  }),
  largePages: gauge({
    description: "Real pages under large mappings.",
    unit: "pages",
    effects: [adds(LargePageMapped, LARGE_PAGE_PAGES), subtracts(LargePageShattered, LARGE_PAGE_PAGES)],
  }),
  sharedFramePages: hostGauge({
    description: "Frames that back real pages of equal content.",
    unit: "pages",
    effects: [counts(FrameShared), subtracts(FrameUnshared, 1), subtracts(SharedFrameUnmapped, 1, { where: { sharers: "zero" } })],
  }),
  savedPages: hostGauge({
    description: "Frames saved by sharing: real pages with shared frames, less these.",
    unit: "pages",
    better: "higher",
    effects: [counts(PageShared), subtracts(SharedPageCopied, 1), subtracts(SharedFrameUnmapped, 1, { where: { sharers: "positive" } })],
  }),
};
