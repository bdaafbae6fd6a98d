import { type Decision, type Json, type Observation, type Prng, type SharePages } from "@ballast/core/policy";
import { allocate } from "./allocation.ts";
import { decideBalloons } from "./ballooning.ts";
import { decideSuspensions } from "./suspension.ts";
import { actionsIn, type Scanning } from "./memory-actions.ts";
import { decidePaging } from "./paging.ts";
import type { Settings } from "./parameters.ts";

/** ESX's memory manager: allocations by shares and idleness, and by the memory state the means to get there. */
export class MemoryManager {
  private readonly settings: Settings;
  private readonly prng: Prng;
  /** Pages that the sharing scanner should have looked at and has not, less than one. */
  private unscannedPages = 0;

  constructor(settings: Settings, prng: Prng) {
    this.settings = settings;
    this.prng = prng;
  }

  decide(observation: Observation): Decision[] {
    const { host, neededPages, cause } = observation;
    const isShortage = cause === "shortage";
    // A shortage comes in the middle of a step, before the memory state is looked at again. It suspends no VM: a page that
    // is paged out now is free immediately.
    const actions = actionsIn(isShortage ? "hard" : host.memoryState, host.memoryStatePreset);
    const { pageOutTo } = this.settings;
    const into = pageOutTo === "preset" ? actions.into : pageOutTo;
    const allocations = allocate(observation, this.settings);
    return [
      ...this.share(observation, actions.sharing),
      ...decideBalloons(allocations, actions.balloons, this.settings),
      ...decidePaging(allocations, { paging: actions.pages, neededPages, into }, this.prng),
      ...(isShortage ? [] : decideSuspensions(allocations, actions.suspends, host.swapFreePages)),
    ];
  }

  /** All pages when a state is entered that shares immediately; else the scanner's part of this period. */
  private share({ cause, host, vms }: Observation, scanning: Scanning): SharePages[] {
    const { isSharing, scannedFraction } = this.settings;
    if (!isSharing || cause === "shortage") return [];
    if (cause === "memoryState" && scanning !== "atOnce") return [];
    const residentPages = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
    if (cause === "memoryState") return shareAll(host.memoryState, residentPages);
    const due = this.unscannedPages + residentPages * scannedFraction;
    const pages = Math.floor(due);
    this.unscannedPages = due - pages;
    if (pages === 0) return [];
    const scan: SharePages = { kind: "SharePages", pages, reason: "background scan", figures: { residentPages } };
    const isShort = scanning === "backgroundBelowHigh" && host.freePages < host.marks.highPages;
    if (!isShort && scanning !== "atOnce") return [scan];
    return [{ ...scan, breaksLargePages: true, reason: "background scan below the high mark" }];
  }

  save(): Json {
    return this.unscannedPages;
  }

  load(saved: Json): void {
    this.unscannedPages = Number(saved);
  }
}

function shareAll(state: string, residentPages: number): SharePages[] {
  if (residentPages === 0) return [];
  const reason = `the memory state ${state} shares at once`;
  return [{ kind: "SharePages", pages: residentPages, breaksLargePages: true, reason, figures: { residentPages } }];
}
