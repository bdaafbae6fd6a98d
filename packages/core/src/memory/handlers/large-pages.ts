import { LARGE_PAGE_PAGES, type PhysicalPage, type RealPage } from "../../ids/index.ts";
import type { Handlers } from "./handlers.ts";

export const largePageHandlers = {
  LargePageMapped: (machine, number, firstPage, firstFrame) => {
    const vm = machine.vm(number);
    for (let page = 0; page < LARGE_PAGE_PAGES; page++) {
      machine.mapFrame(vm, (firstPage + page) as RealPage, (firstFrame + page) as PhysicalPage);
    }
    vm.mapLarge(firstPage);
  },
  LargePageShattered: (machine, number, firstPage) => {
    const vm = machine.vm(number);
    vm.shatter(firstPage);
  },
} satisfies Handlers<"large-pages">;
