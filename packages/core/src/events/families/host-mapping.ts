import { FrameLossCause, HostFaultKind, HostFaultNeed } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("host-mapping");

const real = field("realPage", "realPage", "the page of the VM's real memory");
const physical = field("physicalPage", "physicalPage", "the frame's number");

export const HostFaulted = declare("HostFaulted", {
  code: 50,
  description:
    "A real page without a frame was needed: the host fault. Minor if nothing of it is kept, major if it must be swapped in, " +
    "compressed if it is in the compression cache, swap cache if it was read ahead from the host's swap.",
  subject: "vm",
  fields: {
    a: real,
    b: choice("fault", "where its content comes from", HostFaultKind),
    c: choice(
      "neededBy",
      "what needed it: an access to a page that its guest has mapped, or anything else, such as the guest fault before it",
      HostFaultNeed,
    ),
    d: field("waitNs", "ns", "time the VM waited until its content was there"),
  },
});

export const FrameMapped = declare("FrameMapped", {
  code: 51,
  description: "The hypervisor put a frame behind a real page in the real map table.",
  subject: "vm",
  fields: { a: real, b: physical },
});

export const FrameUnmapped = declare("FrameUnmapped", {
  code: 52,
  description: "The hypervisor took a real map entry away; the frame is free and not yet zeroed.",
  subject: "vm",
  fields: { a: real, b: physical, c: choice("cause", "why", FrameLossCause) },
});

export const FrameZeroed = declare("FrameZeroed", {
  code: 53,
  description: "A free frame was overwritten with zeros before this VM gets it.",
  subject: "vm",
  fields: { b: physical },
});

export const FrameShortage = declare("FrameShortage", {
  code: 54,
  description: "A VM needed a frame when none was free; the policy was asked.",
  subject: "vm",
  fields: { a: real },
});
