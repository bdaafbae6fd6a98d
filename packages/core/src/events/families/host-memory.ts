import { choice, field, type EventType } from "../event-type.ts";
import { FaultKind, FrameLossCause, namesOf, VictimOrder } from "../choices.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const physical = field("physicalPage", "physicalPage", "the frame's number");
const slot = field("slot", "slot", "the place in the host's swap");
const content = field("content", "content", "what the page held");

export const hostMemoryEvents: readonly EventType[] = [
  {
    code: EventCode.HostFaulted,
    name: "HostFaulted",
    family: "host-mapping",
    says: "A real page without a frame was needed: the host fault. Major if it must be swapped in, compressed if it is in the compression cache.",
    subject: "vm",
    fields: {
      a: real,
      b: choice("fault", "whether the host's swap is needed", namesOf(FaultKind)),
      d: field("waitNs", "ns", "time the VM waited for the host's swap device"),
    },
  },
  {
    code: EventCode.FrameMapped,
    name: "FrameMapped",
    family: "host-mapping",
    says: "The hypervisor put a frame behind a real page in the real map table.",
    subject: "vm",
    fields: { a: real, b: physical },
  },
  {
    code: EventCode.FrameUnmapped,
    name: "FrameUnmapped",
    family: "host-mapping",
    says: "The hypervisor took a real map entry away; the frame is free and not yet zeroed.",
    subject: "vm",
    fields: { a: real, b: physical, c: choice("cause", "why", namesOf(FrameLossCause)) },
  },
  {
    code: EventCode.FrameZeroed,
    name: "FrameZeroed",
    family: "host-mapping",
    says: "A free frame was overwritten with zeros before this VM gets it.",
    subject: "vm",
    fields: { b: physical },
  },
  {
    code: EventCode.FrameShortage,
    name: "FrameShortage",
    family: "host-mapping",
    says: "A VM needed a frame when none was free; the policy was asked.",
    subject: "vm",
    fields: { a: real },
  },
  {
    code: EventCode.PageSwappedOut,
    name: "PageSwappedOut",
    family: "host-swap",
    says: "The hypervisor wrote a page to the host's swap.",
    subject: "vm",
    fields: { a: real, b: physical, c: slot, d: content },
  },
  {
    code: EventCode.PageSwappedIn,
    name: "PageSwappedIn",
    family: "host-swap",
    says: "The hypervisor read a page back from the host's swap; the slot is free again.",
    subject: "vm",
    fields: { a: real, b: physical, c: slot, d: content },
  },
  {
    code: EventCode.SwapSlotFreed,
    name: "SwapSlotFreed",
    family: "host-swap",
    says: "A page's copy in the host's swap is not needed any more: the VM gave the page up or ended.",
    subject: "vm",
    fields: { a: real, c: slot },
  },
  {
    code: EventCode.PageStolen,
    name: "PageStolen",
    family: "steal",
    says: "The hypervisor chose a page of a VM and takes it without the guest's help.",
    subject: "vm",
    fields: { a: real, b: physical, c: choice("order", "how the victim was chosen", namesOf(VictimOrder)) },
  },
];
