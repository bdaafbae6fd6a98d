import { checkBatch } from "./check-batch.ts";
import type { EventBatch } from "./event-batch.ts";
import { CATALOGUE_VERSION, upcast } from "./upcasters/index.ts";

declare const known: unique symbol;

/** Events that mean what the present catalogue says, with types and choices that it has. Folds take no others. */
export type KnownEvents = EventBatch & { readonly [known]: true };

export type Recorded = {
  /** The version of the catalogue that recorded them; the present one if not given. */
  readonly catalogueVersion?: number;
  /** Whose events they are, for errors, such as " of run 7". */
  readonly of?: string;
};

/**
 * What every reader of a history does with events before it goes by what they mean: translates those of an earlier version, in place,
 * and checks them.
 * @throws UnknownNumber with the position, for a version, a type or a choice that this version does not know.
 */
export function knownEvents(batch: EventBatch, { catalogueVersion = CATALOGUE_VERSION, of = "" }: Recorded = {}): KnownEvents {
  upcast(batch, catalogueVersion, of);
  checkBatch(batch, of);
  return batch as KnownEvents;
}
