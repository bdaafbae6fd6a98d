import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { Host } from "../../state/host.ts";
import type { PageList } from "../../structures/page-list.ts";
import type { RunningVm } from "../../state/running-vm.ts";
import { isVictim } from "./is-victim.ts";

/** The first page of a list that may be chosen, or NO_PAGE. */
export function firstVictim(host: Host, vm: RunningVm, list: PageList): RealPage {
  let page = list.first as RealPage;
  while (page !== NO_PAGE && !isVictim(host, vm, page)) page = list.after(page) as RealPage;
  return page;
}
