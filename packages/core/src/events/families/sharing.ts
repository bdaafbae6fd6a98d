import { FrameLossCause } from "../choices.ts";
import { choice, eventsOf, field, inMillionths } from "../declare.ts";

const declare = eventsOf("sharing");

const real = field("realPage", "realPage", "the page of the VM's real memory");
const shared = field("sharedPhysicalPage", "physicalPage", "the shared frame's number");
const content = field("content", "content", "what both hold");

export const ImageAttached = declare("ImageAttached", {
  code: 110,
  description: "A process's file pages are those of an image: the common ones hold at first what every process of that image has there.",
  subject: "process",
  fields: {
    a: field("image", "text", "the image's name"),
    d: inMillionths("commonFraction", "fraction of the pages that are common"),
  },
});

export const FrameShared = declare("FrameShared", {
  code: 111,
  description: "The frame behind a real page became a shared one: stores to it trap, and others may be backed by it too.",
  subject: "vm",
  fields: { a: real, b: shared, d: field("content", "content", "what it holds") },
});

export const PageShared = declare("PageShared", {
  code: 112,
  description: "A real page got a shared frame of equal content instead of its own, which is free and not yet zeroed.",
  subject: "vm",
  fields: { a: real, b: field("physicalPage", "physicalPage", "the frame it had"), c: shared, d: content },
});

export const SharedPageCopied = declare("SharedPageCopied", {
  code: 113,
  description: "Copy-on-write: before a store, a page that others share was copied into a free frame, which is the page's own.",
  subject: "vm",
  fields: {
    a: real,
    b: shared,
    c: field("physicalPage", "physicalPage", "the frame with the copy"),
    d: field("costNs", "ns", "time the copy took from the VM"),
  },
});

export const SharedFrameUnmapped = declare("SharedFrameUnmapped", {
  code: 114,
  description: "The hypervisor took a real map entry to a shared frame away; the frame is free, not yet zeroed, if it backs no other page.",
  subject: "vm",
  fields: {
    a: real,
    b: shared,
    c: choice("cause", "why", FrameLossCause),
    d: field("sharers", "pages", "real pages that the frame still backs"),
  },
});

export const FrameUnshared = declare("FrameUnshared", {
  code: 115,
  description: "The one page that a shared frame still backs is stored to: the frame is that page's own again, without a copy.",
  subject: "vm",
  fields: { a: real, b: shared },
});

export const SharingScanned = declare("SharingScanned", {
  code: 116,
  description: "The hypervisor looked through pages of a VM for content that others have too.",
  subject: "vm",
  fields: {
    a: field("scannedPages", "pages", "resident pages it looked at"),
    b: field("readPages", "pages", "pages it read, to hash them or to compare them with others"),
    c: field("mergedPages", "pages", "pages whose frame came free"),
    d: field("costNs", "ns", "time the scan took from the hypervisor"),
  },
});
