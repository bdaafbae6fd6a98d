import { viewEvent } from "@ballast/core/events";
import { nameFields } from "../../runs/execution.ts";
import { lastTextId } from "../events/event-columns.ts";
import type { EventTexts } from "../events/event-texts.ts";
import { eventsOf, type RunEvent } from "../events/run-event.ts";
import type { LogSlice } from "./log-slices.ts";

/** A slice's events as objects. */
export async function viewSlice(texts: EventTexts, { logId, batch, from, end }: LogSlice): Promise<readonly RunEvent[]> {
  const indexes = Array.from({ length: end - from }, (_, offset) => from + offset);
  const text = await texts.upTo(logId, lastTextId(batch, indexes));
  // Asked for the whole commit, so that its other slices find the names known.
  const nameOf = await texts.pageNames.upTo(logId, batch.lastPosition);
  const views = indexes.map((index) => nameFields(viewEvent(batch, index, text), nameOf));
  return eventsOf(logId, views);
}
