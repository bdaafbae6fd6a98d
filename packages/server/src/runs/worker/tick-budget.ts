/** Between two looks at the outside world (commands, leases, the flush timer) the simulation works about so long. */
const SLICE_MS = 10;
const FIRST_ACTIONS = 64;
const MAX_ACTIONS = 1 << 24;

/** Learns how many scheduler actions fill a slice of wall time. It decides when to look up, never what happens. */
export class TickBudget {
  #actions = FIRST_ACTIONS;

  get actions(): number {
    return this.#actions;
  }

  measure(actionsDone: number, elapsedMs: number): void {
    if (actionsDone === 0) return;
    const fitting = (actionsDone * SLICE_MS) / Math.max(elapsedMs, 0.05);
    const grown = Math.min(fitting, this.#actions * 4);
    this.#actions = Math.max(1, Math.min(MAX_ACTIONS, Math.round(grown)));
  }
}
