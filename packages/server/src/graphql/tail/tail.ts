import type { RunEvent } from "../../api/events/run-event.ts";
import type { LogSlice } from "../../api/tail/log-slices.ts";

/** What a subscription to a run's events is given at a time. */
export class Tail {
  readonly runId: string;
  readonly slice: LogSlice;
  /** Made when they are asked for: of equal subscriptions one asks. */
  readonly viewEvents: () => Promise<readonly RunEvent[]>;

  constructor(runId: string, slice: LogSlice, viewEvents: () => Promise<readonly RunEvent[]>) {
    this.runId = runId;
    this.slice = slice;
    this.viewEvents = viewEvents;
  }
}
