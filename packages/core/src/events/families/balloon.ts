import { choice, field, type EventType } from "../event-type.ts";
import { BalloonAllocation, namesOf, TargetCause } from "../choices.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const target = field("targetPages", "pages", "pages the guest is to give up");
const size = field("sizePages", "pages", "pages the balloon holds now");

export const balloonEvents: readonly EventType[] = [
  {
    code: EventCode.BalloonTargetSet,
    name: "BalloonTargetSet",
    family: "balloon",
    says: "The hypervisor wants a VM to give up this many pages; its driver will learn it at its next poll, or is told at once.",
    subject: "vm",
    fields: {
      a: target,
      b: field("previousPages", "pages", "the target before"),
      c: choice("cause", "who set it", namesOf(TargetCause)),
    },
  },
  {
    code: EventCode.BalloonTargetLearned,
    name: "BalloonTargetLearned",
    family: "balloon",
    says: "A balloon driver found a target other than its size.",
    subject: "vm",
    fields: { a: target, b: size },
  },
  {
    code: EventCode.BalloonPagePinned,
    name: "BalloonPagePinned",
    family: "balloon",
    says: "The driver holds a real page that no process may use now.",
    subject: "vm",
    fields: { a: real },
  },
  {
    code: EventCode.BalloonPageUnpinned,
    name: "BalloonPageUnpinned",
    family: "balloon",
    says: "The driver gave a real page back to the guest; it has no frame until it is touched.",
    subject: "vm",
    fields: { a: real },
  },
  {
    code: EventCode.BalloonPopped,
    name: "BalloonPopped",
    family: "balloon",
    says: "A page in the balloon was touched by mistake: it leaves the balloon and gets a zeroed frame.",
    subject: "vm",
    fields: { a: real },
  },
  {
    code: EventCode.BalloonInflated,
    name: "BalloonInflated",
    family: "balloon",
    says: "At one poll, or in one batch, the balloon grew by this many pages.",
    subject: "vm",
    fields: { a: field("grownPages", "pages", "pages gained"), b: size },
  },
  {
    code: EventCode.BalloonDeflated,
    name: "BalloonDeflated",
    family: "balloon",
    says: "At one poll, or in one batch, the balloon shrank by this many pages.",
    subject: "vm",
    fields: { a: field("shrunkPages", "pages", "pages given back"), b: size },
  },
  {
    code: EventCode.BalloonAllocationRefused,
    name: "BalloonAllocationRefused",
    family: "balloon",
    says: "The guest gave its balloon driver no further page; the driver tries again later.",
    subject: "vm",
    fields: {
      a: field("missingPages", "pages", "pages still missing to the target"),
      b: size,
      c: choice("allocation", "what the driver asked for: free pages alone, or whatever the guest can reclaim", namesOf(BalloonAllocation)),
    },
  },
  {
    code: EventCode.BalloonDeflatedOnOom,
    name: "BalloonDeflatedOnOom",
    family: "balloon",
    says: "A guest was about to run out of memory, so its balloon gave pages back, whatever the target.",
    subject: "vm",
    fields: { a: field("shrunkPages", "pages", "pages given back"), b: size },
  },
  {
    code: EventCode.FreePagesReported,
    name: "FreePagesReported",
    family: "balloon",
    says: "A guest reported blocks of pages that it uses for nothing, and the hypervisor took their frames.",
    subject: "vm",
    fields: {
      a: field("reportedPages", "pages", "free pages of the blocks"),
      b: field("framePages", "pages", "those that had a frame"),
      c: field("blocks", "count", "blocks in this call"),
    },
  },
];
