import { AccessKind, FaultKind, UnmapCause } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("mapping");

const virtual = field("virtualPage", "virtualPage", "the page of the process");
const real = field("realPage", "realPage", "the page of the VM's real memory");
const access = choice("access", "what the process did", AccessKind);

export const PageHit = declare("PageHit", {
  code: 30,
  description: "An access found its page; recorded only if the scenario asks for hits.",
  subject: "process",
  fields: { a: virtual, b: real, c: field("physicalPage", "physicalPage", "the frame's number"), d: access },
});

export const PageMissed = declare("PageMissed", {
  code: 31,
  description: "A page table had no valid entry: the guest fault. Major if the page must be read from the guest's disk.",
  subject: "process",
  fields: { a: virtual, b: choice("fault", "whether the disk is needed", FaultKind), c: access },
});

export const PageMapped = declare("PageMapped", {
  code: 32,
  description: "The operating system put a real page behind a virtual page in the page table.",
  subject: "process",
  fields: { a: virtual, b: real },
});

export const PageUnmapped = declare("PageUnmapped", {
  code: 33,
  description: "The operating system took a page-table entry away; the real page is free in its VM.",
  subject: "process",
  fields: { a: virtual, b: real, c: choice("cause", "why", UnmapCause) },
});
