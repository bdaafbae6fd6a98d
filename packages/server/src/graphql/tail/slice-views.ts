import { type EventBatch, type EventView, viewEvent } from "@ballast/core/events";
import { lastTextId } from "../events/event-columns.ts";
import type { EventTexts } from "../events/event-texts.ts";
import { BatchMemo } from "./batch-memo.ts";
import type { LogSlice } from "./follow-log.ts";

/** Those who follow live are all at the same place, those who catch up each at their own: a few slices of a batch do. */
const shared = new BatchMemo<readonly EventView[]>(4);

/** A slice's events as objects, made once for all who are at the same place. */
export function viewSlice(texts: EventTexts, logId: number, slice: LogSlice): Promise<readonly EventView[]> {
  const { batch, from, end } = slice;
  return shared.get(batch, `${from}:${end}`, () => viewEvents(texts, logId, batch, from, end));
}

async function viewEvents(
  texts: EventTexts,
  logId: number,
  batch: EventBatch,
  from: number,
  end: number,
): Promise<readonly EventView[]> {
  const indexes = Array.from({ length: end - from }, (_, offset) => from + offset);
  const text = await texts.upTo(logId, lastTextId(batch, indexes));
  return await texts.pageNames.addTo(logId, indexes.map((index) => viewEvent(batch, index, text)));
}
