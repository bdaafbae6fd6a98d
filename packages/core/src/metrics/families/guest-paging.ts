import {
  BackgroundReclaimEnded,
  BackgroundReclaimStarted,
  DirectlyReclaimed,
  FileReadAhead,
  GuestOutOfMemory,
  PageDropped,
  PageMapped,
  PagePagedIn,
  PagePagedOut,
  PageUnmapped,
  RefaultActivated,
} from "../../events/index.ts";
import { adds, counts, subtracts } from "../effect.ts";
import { counter, gauge } from "../metric.ts";

/** A guest's page tables, its own paging and its reclaim. */
export const guestPagingMetrics = {
  pageOuts: counter({
    description: "Pages that guests wrote to their disks.",
    unit: "pages",
    better: "lower",
    effects: [counts(PagePagedOut)],
  }),
  pageIns: counter({
    description: "Pages that guests read from their disks.",
    unit: "pages",
    better: "lower",
    effects: [counts(PagePagedIn)],
  }),
  filePageOuts: counter({
    description: "Of these page-outs, pages of files; the others went to the guest's swap.",
    unit: "pages",
    better: "lower",
    effects: [counts(PagePagedOut, { only: "fileBacked" })],
  }),
  filePageIns: counter({
    description: "Of these page-ins, pages of files; the others came from the guest's swap.",
    unit: "pages",
    better: "lower",
    effects: [counts(PagePagedIn, { only: "fileBacked" })],
  }),
  pagesDropped: counter({ description: "Clean pages that guests dropped.", unit: "pages", effects: [counts(PageDropped)] }),
  pagesReadAhead: counter({
    description: "Pages of files that were read ahead.",
    unit: "pages",
    effects: [adds(FileReadAhead, "pages")],
  }),
  refaultsActivated: counter({
    description: "Pages that came back so soon after their eviction that the guest made them active immediately.",
    unit: "pages",
    better: "lower",
    effects: [counts(RefaultActivated)],
  }),
  backgroundReclaims: counter({
    description: "How often guests' background reclaim began.",
    unit: "count",
    better: "lower",
    effects: [counts(BackgroundReclaimStarted)],
  }),
  backgroundReclaimPages: counter({
    description: "Pages that guests gave up in the background.",
    unit: "pages",
    effects: [adds(BackgroundReclaimEnded, "reclaimedPages")],
  }),
  directReclaims: counter({
    description: "Pages that processes had to have given up themselves, below their guest's min mark.",
    unit: "pages",
    better: "lower",
    effects: [counts(DirectlyReclaimed)],
  }),
  directReclaimNs: counter({
    description: "Time that this took them, in simulated ns.",
    unit: "ns",
    better: "lower",
    effects: [adds(DirectlyReclaimed, "waitNs")],
  }),
  guestOutOfMemory: counter({
    description: "Accesses for which a guest had no real page left.",
    unit: "count",
    better: "lower",
    effects: [counts(GuestOutOfMemory)],
  }),
  guestReclaimedPages: counter({
    description: "Pages of processes that guests gave up by their own replacement and background reclaim.",
    unit: "pages",
    result: {},
    effects: [counts(PageUnmapped, { where: { cause: "Replacement" } }), counts(PageUnmapped, { where: { cause: "Background" } })],
  }),
  balloonReclaimedPages: counter({
    description: "Pages of processes that guests gave up for their balloons.",
    unit: "pages",
    result: {},
    effects: [counts(PageUnmapped, { where: { cause: "Balloon" } })],
  }),
  mappedPages: gauge({
    description: "Real pages behind a virtual page.",
    unit: "pages",
    effects: [counts(PageMapped), subtracts(PageUnmapped, 1)],
  }),
};
