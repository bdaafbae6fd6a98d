import { BalloonAllocation, TargetCause } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("balloon");

const target = field("targetPages", "pages", "pages the guest is to give up");
const size = field("sizePages", "pages", "pages the balloon holds now");
const real = field("realPage", "realPage", "the page of the VM's real memory");

export const BalloonTargetSet = declare("BalloonTargetSet", {
  code: 80,
  description: "The hypervisor set a VM's balloon target; the driver reads it at its next poll, or is notified immediately.",
  subject: "vm",
  fields: {
    a: target,
    b: field("previousPages", "pages", "the target before"),
    c: choice("cause", "who set it", TargetCause),
  },
});

export const BalloonTargetLearned = declare("BalloonTargetLearned", {
  code: 81,
  description: "A balloon driver found a target other than its size.",
  subject: "vm",
  fields: { a: target, b: size },
});

export const BalloonPagePinned = declare("BalloonPagePinned", {
  code: 82,
  description: "The driver holds a real page that no process may use now.",
  subject: "vm",
  fields: { a: real },
});

export const BalloonPageUnpinned = declare("BalloonPageUnpinned", {
  code: 83,
  description: "The driver gave a real page back to the guest; it has no frame until it is touched.",
  subject: "vm",
  fields: { a: real },
});

export const BalloonPopped = declare("BalloonPopped", {
  code: 84,
  description: "A page in the balloon was touched by mistake: it leaves the balloon and gets a zeroed frame.",
  subject: "vm",
  fields: { a: real },
});

export const BalloonInflated = declare("BalloonInflated", {
  code: 85,
  description: "At one poll, or in one batch, the balloon grew by this many pages.",
  subject: "vm",
  fields: { a: field("grownPages", "pages", "pages gained"), b: size },
});

export const BalloonDeflated = declare("BalloonDeflated", {
  code: 86,
  description: "At one poll, or in one batch, the balloon shrank by this many pages.",
  subject: "vm",
  fields: { a: field("shrunkPages", "pages", "pages given back"), b: size },
});

export const BalloonAllocationRefused = declare("BalloonAllocationRefused", {
  code: 87,
  description: "The guest gave its balloon driver no further page; the driver tries again later.",
  subject: "vm",
  fields: {
    a: field("missingPages", "pages", "pages still missing to the target"),
    b: size,
    c: choice("allocation", "what the driver asked for: free pages alone, or whatever the guest can reclaim", BalloonAllocation),
  },
});

export const BalloonDeflatedOnOom = declare("BalloonDeflatedOnOom", {
  code: 88,
  description: "A guest was about to run out of memory, so its balloon gave pages back, whatever the target.",
  subject: "vm",
  fields: { a: field("shrunkPages", "pages", "pages given back"), b: size },
});

export const FreePagesReported = declare("FreePagesReported", {
  code: 89,
  description: "A guest reported blocks of pages that it uses for nothing, and the hypervisor took their frames.",
  subject: "vm",
  fields: {
    a: field("reportedPages", "pages", "free pages of the blocks"),
    b: field("framePages", "pages", "those that had a frame"),
    c: field("blocks", "count", "blocks in this call"),
  },
});
