import { choice, field, type EventType } from "../event-type.ts";
import { Backing, LackedResource, Mapping, Mmu, namesOf, VmEnd } from "../choices.ts";
import { EventCode } from "../codes.ts";

export const lifeEvents: readonly EventType[] = [
  {
    code: EventCode.HostStarted,
    name: "HostStarted",
    family: "life",
    says: "The host was switched on with this much memory, all of it free and zeroed.",
    subject: "host",
    fields: {
      a: field("framePages", "pages", "frames of physical memory"),
      b: choice("mapping", "one-level or two-level mapping", namesOf(Mapping)),
      c: choice("mmu", "how two levels are walked", namesOf(Mmu)),
      d: field("swapPages", "pages", "size of the host's swap"),
    },
  },
  {
    code: EventCode.VmAdmitted,
    name: "VmAdmitted",
    family: "life",
    says: "Admission control accepted a VM.",
    subject: "vm",
    fields: {
      a: field("configuredPages", "pages", "real pages the VM is created with"),
      b: field("overheadPages", "pages", "frames the hypervisor keeps for the VM"),
      c: field("name", "text", "the VM's name"),
      d: field("committedPages", "pages", "configured and overhead pages of all admitted VMs and the hypervisor, this one included"),
    },
  },
  {
    code: EventCode.VmRefused,
    name: "VmRefused",
    family: "life",
    says: "Admission control refused a VM: it does not fit.",
    subject: "vm",
    fields: {
      a: field("configuredPages", "pages", "real pages the VM was to have"),
      b: field("overheadPages", "pages", "frames the hypervisor would keep for it"),
      c: field("name", "text", "the VM's name"),
      d: field("availablePages", "pages", "pages that admission control could still give"),
    },
  },
  {
    code: EventCode.ResourceLacked,
    name: "ResourceLacked",
    family: "life",
    says:
      "Why the VM was refused: the first resource that cannot give what it needs. Commitment is the sum of configured and " +
      "overhead pages that may be admitted, memory and swap what is not reserved yet, frames those free now.",
    subject: "vm",
    fields: {
      a: choice("resource", "what was lacking", namesOf(LackedResource)),
      b: field("neededPages", "pages", "what the VM needs of it"),
      d: field("availablePages", "pages", "what there is of it"),
    },
  },
  {
    code: EventCode.VmStarted,
    name: "VmStarted",
    family: "life",
    says: "A VM (or, under one-level mapping, the native operating system) was switched on.",
    subject: "vm",
    fields: { a: field("configuredPages", "pages", "real pages it has"), c: field("name", "text", "its name") },
  },
  {
    code: EventCode.VmTerminated,
    name: "VmTerminated",
    family: "life",
    says: "A VM was switched off, because memory ran out or a user stopped it; its frames and its host swap are free again.",
    subject: "vm",
    fields: { a: choice("cause", "why", namesOf(VmEnd)) },
  },
  {
    code: EventCode.VmFinished,
    name: "VmFinished",
    family: "life",
    says: "Every process of a VM has done its work; the VM stays on, idle.",
    subject: "vm",
    fields: {
      d: field(
        "workNs",
        "ns",
        "work time: from the VM's start to the end of its workload, with all waits, blocked and idle time in between; 0 if an " +
          "earlier version recorded the run",
      ),
    },
  },
  {
    code: EventCode.ProcessStarted,
    name: "ProcessStarted",
    family: "life",
    says: "A process was created with an empty page table.",
    subject: "process",
    fields: {
      a: field("virtualPages", "pages", "size of its address space"),
      b: choice("backing", "whether untouched pages are zeros or come from a file", namesOf(Backing)),
      c: field("name", "text", "the process's name"),
    },
  },
  {
    code: EventCode.ProcessFinished,
    name: "ProcessFinished",
    family: "life",
    says: "A process has done all its work; it keeps its pages, unless it exits.",
    subject: "process",
    fields: {},
  },
  {
    code: EventCode.OverheadReserved,
    name: "OverheadReserved",
    family: "life",
    says: "The hypervisor took frames for its own use, on behalf of a VM or of the host.",
    subject: "vm",
    fields: {
      a: field("firstPhysicalPage", "physicalPage", "first of the range"),
      b: field("endPhysicalPage", "endPage", "one past the last"),
    },
  },
  {
    code: EventCode.OverheadReleased,
    name: "OverheadReleased",
    family: "life",
    says: "The hypervisor gave overhead frames back when a VM ended; they are free and not yet zeroed.",
    subject: "vm",
    fields: {
      a: field("firstPhysicalPage", "physicalPage", "first of the range"),
      b: field("endPhysicalPage", "endPage", "one past the last"),
    },
  },
  {
    code: EventCode.KernelPagesPinned,
    name: "KernelPagesPinned",
    family: "life",
    says: "A guest OS keeps real pages for itself; they are never replaced.",
    subject: "vm",
    fields: {
      a: field("firstRealPage", "realPage", "first of the range"),
      b: field("endRealPage", "endPage", "one past the last"),
    },
  },
];
