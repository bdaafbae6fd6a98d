import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { choice, type EventField, type EventType, field } from "../event-type.ts";
import { namesOf, ShatterCause } from "../choices.ts";
import { EventCode } from "../codes.ts";

const firstReal: EventField = {
  ...field("firstRealPage", "realPage", "first of 512 pages of the VM's real memory, a multiple of 512"),
  span: LARGE_PAGE_PAGES,
};
const firstPhysical: EventField = {
  ...field("firstPhysicalPage", "physicalPage", "the first frame's number, a multiple of 512"),
  span: LARGE_PAGE_PAGES,
};

export const largePageEvents: readonly EventType[] = [
  {
    code: EventCode.LargePageMapped,
    name: "LargePageMapped",
    family: "large-pages",
    says: "The hypervisor put 512 contiguous frames behind 512 real pages at once, with one entry of the real map table.",
    subject: "vm",
    fields: { a: firstReal, b: firstPhysical },
  },
  {
    code: EventCode.LargePageShattered,
    name: "LargePageShattered",
    family: "large-pages",
    says: "The one entry of 512 real pages was replaced by 512 of their own; each keeps its frame.",
    subject: "vm",
    fields: { a: firstReal, b: firstPhysical, c: choice("cause", "what one of the pages was needed for", namesOf(ShatterCause)) },
  },
];
