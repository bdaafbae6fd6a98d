import { choice, field, type EventType } from "../event-type.ts";
import { namesOf, TargetCause } from "../choices.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const target = field("targetPages", "pages", "pages the guest is to give up");
const size = field("sizePages", "pages", "pages the balloon holds now");

export const balloonEvents: readonly EventType[] = [
  {
    code: EventCode.BalloonTargetSet,
    name: "BalloonTargetSet",
    family: "balloon",
    says: "The hypervisor wants a VM to give up this many pages; its driver will learn it at its next poll.",
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
    says: "A balloon driver polled the hypervisor and found a target other than its size.",
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
    says: "At one poll the balloon grew by this many pages.",
    subject: "vm",
    fields: { a: field("grownPages", "pages", "pages gained"), b: size },
  },
  {
    code: EventCode.BalloonDeflated,
    name: "BalloonDeflated",
    family: "balloon",
    says: "At one poll the balloon shrank by this many pages.",
    subject: "vm",
    fields: { a: field("shrunkPages", "pages", "pages given back"), b: size },
  },
];
