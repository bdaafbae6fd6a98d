import type { EventBatch } from "@ballast/core/events";
import { maxStringId } from "../../event-store/text-columns.ts";

/**
 * The events [from, end) of a batch with exactly the texts that they are the first to mention. Where a batch is cut
 * then depends on its events only, so that it makes no difference to what is stored whether a run was interrupted.
 * `knownTexts`: the highest text id mentioned before; `texts`: all texts of the run by id.
 */
export function cutBatch(batch: EventBatch, from: number, end: number, knownTexts: number, texts: readonly string[]): EventBatch {
  const part = batch.slice(from, end);
  part.firstTextId = knownTexts + 1;
  // Most batches come when the run has no text that was not mentioned yet: they need not be searched.
  const hasNew = texts.length > knownTexts + 1;
  part.texts = hasNew ? texts.slice(knownTexts + 1, maxStringId(part, 0, part.length, knownTexts) + 1) : [];
  return part;
}
