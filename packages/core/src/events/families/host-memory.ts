import { choice, field, type EventType } from "../event-type.ts";
import { FrameLossCause, HostFaultKind, HostFaultNeed, namesOf, VictimOrder } from "../choices.ts";
import { EventCode } from "../codes.ts";

const real = field("realPage", "realPage", "the page of the VM's real memory");
const physical = field("physicalPage", "physicalPage", "the frame's number");
const slot = field("slot", "slot", "the place in the host's swap");
const block = field("block", "count", "the place on the guest's disk, in pages");
const content = field("content", "content", "what the page held");

export const hostMemoryEvents: readonly EventType[] = [
  {
    code: EventCode.HostFaulted,
    name: "HostFaulted",
    family: "host-mapping",
    says:
      "A real page without a frame was needed: the host fault. Minor if nothing of it is kept, major if it must be swapped in, " +
      "compressed if it is in the compression cache, swap cache if it was read ahead from the host's swap.",
    subject: "vm",
    fields: {
      a: real,
      b: choice("fault", "where its content comes from", namesOf(HostFaultKind)),
      c: choice(
        "neededBy",
        "what needed it: an access to a page that its guest has mapped, or anything else, such as the guest fault before it",
        namesOf(HostFaultNeed),
      ),
      d: field("waitNs", "ns", "time the VM waited until its content was there"),
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
    code: EventCode.SilentSwapWrite,
    name: "SilentSwapWrite",
    family: "host-swap",
    says: "What the hypervisor wrote to its swap just before, the guest's disk has too: the page is an unmodified copy of a block.",
    subject: "vm",
    fields: { a: real, c: block, d: content },
  },
  {
    code: EventCode.StaleSwapRead,
    name: "StaleSwapRead",
    family: "host-swap",
    says: "The guest reads its disk into a real page whose old content the hypervisor has just swapped in, for nothing.",
    subject: "vm",
    fields: { a: real, d: field("waitNs", "ns", "time the VM waited for the swap-in") },
  },
  {
    code: EventCode.FalseSwapRead,
    name: "FalseSwapRead",
    family: "host-swap",
    says: "The guest fills with zeros a real page whose old content the hypervisor has just swapped in, for nothing.",
    subject: "vm",
    fields: { a: real, d: field("waitNs", "ns", "time the VM waited for the swap-in") },
  },
  {
    code: EventCode.PageUnmappedByMapper,
    name: "PageUnmappedByMapper",
    family: "host-swap",
    says: "The hypervisor does not write a stolen page to its swap: it knows the block of the guest's disk that holds the same.",
    subject: "vm",
    fields: { a: real, b: physical, c: block, d: content },
  },
  {
    code: EventCode.PageReadByMapper,
    name: "PageReadByMapper",
    family: "host-swap",
    says: "The hypervisor read a page that it had left on the guest's disk back from there.",
    subject: "vm",
    fields: { a: real, b: physical, c: block, d: content },
  },
  {
    code: EventCode.MappedBlockForgotten,
    name: "MappedBlockForgotten",
    family: "host-swap",
    says: "A page left on the guest's disk is not needed any more: the VM gave it up, overwrites it whole, or ended.",
    subject: "vm",
    fields: { a: real, c: block },
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
