import { Backing, LackedResource, Mapping, Mmu, VmEnd } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("life");

export const HostStarted = declare("HostStarted", {
  code: 10,
  description: "The host was switched on with this much memory, all of it free and zeroed.",
  subject: "host",
  fields: {
    a: field("framePages", "pages", "frames of physical memory"),
    b: choice("mapping", "one-level or two-level mapping", Mapping),
    c: choice("mmu", "how two levels are walked", Mmu),
    d: field("swapPages", "pages", "size of the host's swap"),
  },
});

export const VmAdmitted = declare("VmAdmitted", {
  code: 11,
  description: "Admission control accepted a VM.",
  subject: "vm",
  fields: {
    a: field("configuredPages", "pages", "real pages the VM is created with"),
    b: field("overheadPages", "pages", "frames the hypervisor keeps for the VM"),
    c: field("name", "text", "the VM's name"),
    d: field("committedPages", "pages", "configured and overhead pages of all admitted VMs and the hypervisor, this one included"),
  },
});

export const VmRefused = declare("VmRefused", {
  code: 12,
  description: "Admission control refused a VM: it does not fit.",
  subject: "vm",
  fields: {
    a: field("configuredPages", "pages", "real pages the VM was to have"),
    b: field("overheadPages", "pages", "frames the hypervisor would keep for it"),
    c: field("name", "text", "the VM's name"),
    d: field("availablePages", "pages", "pages that admission control could still give"),
  },
});

export const ResourceLacked = declare("ResourceLacked", {
  code: 97,
  description:
    "Why the VM was refused: the first resource that cannot give what it needs. Commitment is the sum of configured and " +
    "overhead pages that may be admitted, memory and swap what is not reserved yet, frames those free now.",
  subject: "vm",
  fields: {
    a: choice("resource", "what was lacking", LackedResource),
    b: field("neededPages", "pages", "what the VM needs of it"),
    d: field("availablePages", "pages", "what there is of it"),
  },
});

export const VmStarted = declare("VmStarted", {
  code: 13,
  description: "A VM (or, under one-level mapping, the native operating system) was switched on.",
  subject: "vm",
  fields: { a: field("configuredPages", "pages", "real pages it has"), c: field("name", "text", "its name") },
});

export const VmTerminated = declare("VmTerminated", {
  code: 14,
  description: "A VM was switched off, because memory ran out or a user stopped it; its frames and its host swap are free again.",
  subject: "vm",
  fields: { a: choice("cause", "why", VmEnd) },
});

export const VmFinished = declare("VmFinished", {
  code: 15,
  description: "Every process of a VM has done its work; the VM stays on, idle.",
  subject: "vm",
  fields: {
    d: field(
      "workNs",
      "ns",
      "work time: from the VM's start to the end of its workload, with all waits, suspended and idle time in between; 0 if an " +
        "earlier version recorded the run",
    ),
  },
});

export const ProcessStarted = declare("ProcessStarted", {
  code: 16,
  description: "A process was created with an empty page table.",
  subject: "process",
  fields: {
    a: field("virtualPages", "pages", "size of its address space"),
    b: choice("backing", "whether untouched pages are zeros or come from a file", Backing),
    c: field("name", "text", "the process's name"),
  },
});

export const ProcessFinished = declare("ProcessFinished", {
  code: 17,
  description: "A process has done all its work; it keeps its pages, unless it exits.",
  subject: "process",
  fields: {},
});

export const OverheadReserved = declare("OverheadReserved", {
  code: 18,
  description: "The hypervisor took frames for its own use, on behalf of a VM or of the host.",
  subject: "vmOrHost",
  fields: {
    a: field("firstPhysicalPage", "physicalPage", "first of the range"),
    b: field("endPhysicalPage", "endPage", "one past the last"),
  },
});

export const OverheadReleased = declare("OverheadReleased", {
  code: 5,
  description: "The hypervisor gave overhead frames back when a VM ended; they are free and not yet zeroed.",
  subject: "vm",
  fields: {
    a: field("firstPhysicalPage", "physicalPage", "first of the range"),
    b: field("endPhysicalPage", "endPage", "one past the last"),
  },
});

export const KernelPagesPinned = declare("KernelPagesPinned", {
  code: 19,
  description: "A guest OS keeps real pages for itself; they are never replaced.",
  subject: "vm",
  fields: {
    a: field("firstRealPage", "realPage", "first of the range"),
    b: field("endRealPage", "endPage", "one past the last"),
  },
});
