import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { PageList } from "../../structures/page-list.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isVictim } from "./is-victim.ts";

/** The first page of a list that may be chosen, or NO_PAGE. */
export function firstVictim(host: HostRuntime, vm: VmRuntime, list: PageList): RealPage {
  let page = list.first as RealPage;
  while (page !== NO_PAGE && !isVictim(host, vm, page)) page = list.after(page) as RealPage;
  return page;
}
