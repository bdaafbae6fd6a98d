import type { EventView } from "@ballast/core/events";

/** An event with the number, in the log, of the run that it is of. */
export type RunEvent = EventView & { readonly logId: number };

/** Events of a run, which say so from now on. They are the caller's own. */
export function eventsOf(logId: number, events: readonly EventView[]): readonly RunEvent[] {
  for (const event of events) Object.assign(event, { logId });
  return events as readonly RunEvent[];
}
