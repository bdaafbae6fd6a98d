import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { ShatterCause } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("large-pages");

const firstReal = {
  ...field("firstRealPage", "realPage", "first of 512 pages of the VM's real memory, a multiple of 512"),
  span: LARGE_PAGE_PAGES,
};
const firstPhysical = {
  ...field("firstPhysicalPage", "physicalPage", "the first frame's number, a multiple of 512"),
  span: LARGE_PAGE_PAGES,
};

export const LargePageMapped = declare("LargePageMapped", {
  code: 117,
  description: "The hypervisor mapped 512 real pages to 512 contiguous frames with one entry of the real map table.",
  subject: "vm",
  fields: { a: firstReal, b: firstPhysical },
});

export const LargePageShattered = declare("LargePageShattered", {
  code: 118,
  description: "The one entry of 512 real pages was replaced by 512 of their own; each keeps its frame.",
  subject: "vm",
  fields: { a: firstReal, b: firstPhysical, c: choice("cause", "what one of the pages was needed for", ShatterCause) },
});
