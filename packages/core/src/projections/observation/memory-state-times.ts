import { MemoryState } from "../../events/index.ts";
import type { RunObservations } from "../../metrics/index.ts";

export type SavedMemoryStateTimes = { readonly state: number; readonly sinceNs: number; readonly spentNs: readonly number[] };

/** How long the host was in each memory state; it begins in high. */
export class MemoryStateTimes {
  #state: number;
  #sinceNs: number;
  /** By the number of the state, without the present stay. */
  readonly #spentNs: number[];

  constructor(saved?: SavedMemoryStateTimes) {
    this.#state = saved?.state ?? MemoryState.High;
    this.#sinceNs = saved?.sinceNs ?? 0;
    this.#spentNs = [...(saved?.spentNs ?? Object.values(MemoryState).map(() => 0))];
  }

  change(timeNs: number, to: number): void {
    this.#spentNs[this.#state] += timeNs - this.#sinceNs;
    this.#state = to;
    this.#sinceNs = timeNs;
  }

  observed(endNs: number): RunObservations["memoryStateNs"] {
    const times = Object.entries(MemoryState).map(([name, state]) => {
      const stayNs = state === this.#state ? endNs - this.#sinceNs : 0;
      return [name, this.#spentNs[state] + stayNs];
    });
    return Object.fromEntries(times) as RunObservations["memoryStateNs"];
  }

  save(): SavedMemoryStateTimes {
    return { state: this.#state, sinceNs: this.#sinceNs, spentNs: [...this.#spentNs] };
  }
}
