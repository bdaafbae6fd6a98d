import type { EventView } from "@ballast/core/events";
import type { LogSlice } from "../../api/tail/log-slices.ts";

/** What a subscription to a run's events is given at a time. */
export class Tail {
  readonly runId: string;
  readonly slice: LogSlice;
  /** Made when they are asked for: of equal subscriptions one asks. */
  readonly viewEvents: () => Promise<readonly EventView[]>;

  constructor(runId: string, slice: LogSlice, viewEvents: () => Promise<readonly EventView[]>) {
    this.runId = runId;
    this.slice = slice;
    this.viewEvents = viewEvents;
  }
}
