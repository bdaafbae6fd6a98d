import { NO_PAGE } from "../../ids/index.ts";
import { choice, field, optional, type EventType } from "../event-type.ts";
import { AccessKind, FaultKind, namesOf, TrapCause, UnmapCause } from "../choices.ts";
import { EventCode } from "../codes.ts";

const virtual = field("virtualPage", "virtualPage", "the page of the process");
const real = field("realPage", "realPage", "the page of the VM's real memory");
const access = choice("access", "what the process did", namesOf(AccessKind));

export const mappingEvents: readonly EventType[] = [
  {
    code: EventCode.Trapped,
    name: "Trapped",
    family: "trap",
    says: "Control passed from a VM to the hypervisor.",
    subject: "process",
    fields: {
      a: choice("cause", "why", namesOf(TrapCause)),
      b: optional(field("virtualPage", "virtualPage", "the page that was accessed or whose entry was written"), NO_PAGE),
      c: optional(field("realPage", "realPage", "the real page concerned"), NO_PAGE),
      d: field("costNs", "ns", "time the trap took from the VM"),
    },
  },
  {
    code: EventCode.PageHit,
    name: "PageHit",
    family: "mapping",
    says: "An access found its page; recorded only if the scenario asks for hits.",
    subject: "process",
    fields: { a: virtual, b: real, c: field("physicalPage", "physicalPage", "the frame's number"), d: access },
  },
  {
    code: EventCode.PageMissed,
    name: "PageMissed",
    family: "mapping",
    says: "A page table had no valid entry: the guest fault. Major if the page must be read from the guest's disk.",
    subject: "process",
    fields: { a: virtual, b: choice("fault", "whether the disk is needed", namesOf(FaultKind)), c: access },
  },
  {
    code: EventCode.PageMapped,
    name: "PageMapped",
    family: "mapping",
    says: "The operating system put a real page behind a virtual page in the page table.",
    subject: "process",
    fields: { a: virtual, b: real },
  },
  {
    code: EventCode.PageUnmapped,
    name: "PageUnmapped",
    family: "mapping",
    says: "The operating system took a page-table entry away; the real page is free in its VM.",
    subject: "process",
    fields: { a: virtual, b: real, c: choice("cause", "why", namesOf(UnmapCause)) },
  },
  {
    code: EventCode.PagePagedOut,
    name: "PagePagedOut",
    family: "guest-paging",
    says: "The guest wrote a dirty page to its own disk.",
    subject: "process",
    fields: {
      a: virtual,
      b: real,
      d: field("content", "content", "what the page held"),
    },
  },
  {
    code: EventCode.PagePagedIn,
    name: "PagePagedIn",
    family: "guest-paging",
    says: "The guest read a page from its own disk.",
    subject: "process",
    fields: {
      a: virtual,
      b: real,
      c: field("waitUs", "count", "time the VM waited for its disk, in whole microseconds, at most 2,147,483,647"),
      d: field("content", "content", "what the page holds"),
    },
  },
  {
    code: EventCode.PageDropped,
    name: "PageDropped",
    family: "guest-paging",
    says: "The guest dropped a clean page: its disk has the same content, or it was never written.",
    subject: "process",
    fields: { a: virtual, b: real },
  },
  {
    code: EventCode.FileOpened,
    name: "FileOpened",
    family: "guest-paging",
    says: "A file can be read through the guest's page cache, whose pages of it have a table and a number as those of a process.",
    subject: "process",
    fields: { a: field("pages", "pages", "the file's size"), c: field("name", "text", "the file's name") },
  },
  {
    code: EventCode.FileReadAhead,
    name: "FileReadAhead",
    family: "guest-paging",
    says: "The request that read a missing page of a file has read these pages behind it too.",
    subject: "process",
    fields: {
      a: field("firstVirtualPage", "virtualPage", "the first of the pages read ahead"),
      b: field("pages", "pages", "how many came into the page cache"),
    },
  },
  {
    code: EventCode.BackgroundReclaimStarted,
    name: "BackgroundReclaimStarted",
    family: "guest-paging",
    says: "So few pages of a guest are free that it begins to give up others in the background.",
    subject: "vm",
    fields: { a: field("freePages", "pages", "pages that are free"), b: field("lowPages", "pages", "the mark they are below") },
  },
  {
    code: EventCode.BackgroundReclaimEnded,
    name: "BackgroundReclaimEnded",
    family: "guest-paging",
    says: "A guest's background reclaim has reached its high mark, or found nothing more to give up.",
    subject: "vm",
    fields: {
      a: field("freePages", "pages", "pages that are free"),
      b: field("reclaimedPages", "pages", "pages it gave up since it began"),
    },
  },
  {
    code: EventCode.DirectlyReclaimed,
    name: "DirectlyReclaimed",
    family: "guest-paging",
    says: "A process needed a page when no more than the guest's min mark was free: it gave one up itself, and waited.",
    subject: "process",
    fields: {
      a: virtual,
      b: field("freePages", "pages", "pages that are free"),
      d: field("waitNs", "ns", "time it took, the write of a dirty page included"),
    },
  },
  {
    code: EventCode.RefaultActivated,
    name: "RefaultActivated",
    family: "guest-paging",
    says: "A page came back so soon after its eviction that the guest counts it among the working set: it is active at once.",
    subject: "process",
    fields: { a: virtual, b: real, c: field("distancePages", "pages", "evictions and activations since: pages more would have kept it") },
  },
  {
    code: EventCode.GuestOutOfMemory,
    name: "GuestOutOfMemory",
    family: "guest-paging",
    says: "A guest OS has no real page left that it could give to the access.",
    subject: "process",
    fields: { a: virtual, b: field("balloonPages", "pages", "pages its balloon holds") },
  },
];
