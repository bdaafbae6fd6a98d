import type { Decision, Json, Observation, Prng, SharePages } from "@ballast/core/policy";
import { allocate } from "./allocation.ts";
import { decideBalloons } from "./ballooning.ts";
import { decideBlocking } from "./blocking.ts";
import { MEMORY_ACTIONS } from "./memory-actions.ts";
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
    // A shortage comes in the middle of a step, before the memory state is looked at again. It blocks nobody: what is
    // paged out now is free at once.
    const actions = MEMORY_ACTIONS[isShortage ? "hard" : host.memoryState];
    const allocations = allocate(observation, this.settings);
    return [
      ...this.share(observation),
      ...decideBalloons(allocations, actions.balloons, this.settings),
      ...decidePaging(allocations, actions.pages, neededPages, this.settings, this.prng),
      ...(isShortage ? [] : decideBlocking(allocations, actions.blocks, host.swapFreePages)),
    ];
  }

  /** The scanner's part of this period. */
  private share({ cause, vms }: Observation): SharePages[] {
    const { isSharing, scannedFraction } = this.settings;
    if (!isSharing || cause !== "period") return [];
    const residentPages = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
    const due = this.unscannedPages + residentPages * scannedFraction;
    const pages = Math.floor(due);
    this.unscannedPages = due - pages;
    if (pages === 0) return [];
    return [{ kind: "SharePages", pages, reason: "background scan", figures: { residentPages } }];
  }

  save(): Json {
    return this.unscannedPages;
  }

  load(saved: Json): void {
    this.unscannedPages = Number(saved);
  }
}
