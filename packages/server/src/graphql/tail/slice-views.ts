import { type EventView, viewEvent } from "@ballast/core/events";
import { lastTextId } from "../events/event-columns.ts";
import type { EventTexts } from "../events/event-texts.ts";
import type { LogSlice } from "./follow-log.ts";

/** A slice's events as objects. */
export async function viewSlice(
  texts: EventTexts,
  logId: number,
  { batch, from, end }: LogSlice,
): Promise<EventView[]> {
  const indexes = Array.from({ length: end - from }, (_, offset) => from + offset);
  const text = await texts.upTo(logId, lastTextId(batch, indexes));
  return indexes.map((index) => viewEvent(batch, index, text));
}
