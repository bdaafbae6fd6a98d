import { eventsOf, field } from "../declare.ts";

const declare = eventsOf("guest-paging");

const virtual = field("virtualPage", "virtualPage", "the page of the process");
const real = field("realPage", "realPage", "the page of the VM's real memory");

export const PagePagedOut = declare("PagePagedOut", {
  code: 40,
  description: "The guest wrote a dirty page to its own disk.",
  subject: "process",
  fields: {
    a: virtual,
    b: real,
    d: field("content", "content", "what the page held"),
  },
});

export const PagePagedIn = declare("PagePagedIn", {
  code: 41,
  description: "The guest read a page from its own disk.",
  subject: "process",
  fields: {
    a: virtual,
    b: real,
    c: field("waitUs", "count", "time the VM waited for its disk, in whole microseconds, at most 2,147,483,647"),
    d: field("content", "content", "what the page holds"),
  },
});

export const PageDropped = declare("PageDropped", {
  code: 42,
  description: "The guest dropped a clean page: its disk has the same content, or it was never written.",
  subject: "process",
  fields: { a: virtual, b: real },
});

export const FileOpened = declare("FileOpened", {
  code: 45,
  description: "A file can be read through the guest's page cache, whose pages of it have a table and a number as those of a process.",
  subject: "process",
  fields: { a: field("pages", "pages", "the file's size"), c: field("name", "text", "the file's name") },
});

export const FileReadAhead = declare("FileReadAhead", {
  code: 46,
  description: "The request that read a missing page of a file has read these pages behind it too.",
  subject: "process",
  fields: {
    a: field("firstVirtualPage", "virtualPage", "the first of the pages read ahead"),
    b: field("pages", "pages", "how many came into the page cache"),
  },
});

export const BackgroundReclaimStarted = declare("BackgroundReclaimStarted", {
  code: 47,
  description: "So few pages of a guest are free that it begins to give up others in the background.",
  subject: "vm",
  fields: { a: field("freePages", "pages", "pages that are free"), b: field("lowPages", "pages", "the mark they are below") },
});

export const BackgroundReclaimEnded = declare("BackgroundReclaimEnded", {
  code: 48,
  description: "A guest's background reclaim has reached its high mark, or found nothing more to give up.",
  subject: "vm",
  fields: {
    a: field("freePages", "pages", "pages that are free"),
    b: field("reclaimedPages", "pages", "pages it gave up since it began"),
  },
});

export const DirectlyReclaimed = declare("DirectlyReclaimed", {
  code: 49,
  description: "A process needed a page when no more than the guest's min mark was free: it gave one up itself, and waited.",
  subject: "process",
  fields: {
    a: virtual,
    b: field("freePages", "pages", "pages that are free"),
    d: field("waitNs", "ns", "time it took, the write of a dirty page included"),
  },
});

export const RefaultActivated = declare("RefaultActivated", {
  code: 44,
  description: "A page came back so soon after its eviction that the guest counts it as part of the working set: it is active immediately.",
  subject: "process",
  fields: { a: virtual, b: real, c: field("distancePages", "pages", "evictions and activations since: pages more would have kept it") },
});

export const GuestOutOfMemory = declare("GuestOutOfMemory", {
  code: 43,
  description: "A guest OS has no real page left that it could give to the access.",
  subject: "process",
  fields: { a: virtual, b: field("balloonPages", "pages", "pages its balloon holds") },
});
