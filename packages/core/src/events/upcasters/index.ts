import type { EventBatch } from "../event-batch.ts";
import { UnknownNumber } from "../unknown-number.ts";
import { fromVersion1 } from "./from-version-1.ts";
import type { Upcaster } from "./upcaster.ts";

/** By the version that each translates from, from 1 on. One more is one more version of the catalogue. */
const UPCASTERS: readonly Upcaster[] = [fromVersion1];

/** The version of the catalogue that this kernel records: raised, by an upcaster, when a type or a field changes its meaning. */
export const CATALOGUE_VERSION = UPCASTERS.length + 1;

/**
 * Translates events of a version of the catalogue into those of the present one, in place.
 * @throws UnknownNumber for a version that is newer, or none. `of`: whose events they are, such as " of run 7".
 */
export function upcast(batch: EventBatch, version: number, of = ""): void {
  if (!Number.isInteger(version) || version < 1 || version > CATALOGUE_VERSION)
    throw new UnknownNumber(version, `the version of the event catalogue${of}`);
  for (const translate of UPCASTERS.slice(version - 1)) translate(batch);
}
