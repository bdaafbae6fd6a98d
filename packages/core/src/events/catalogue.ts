import { assert } from "../assert/index.ts";
import { balloonEvents } from "./families/balloon.ts";
import { compressionEvents } from "./families/compression.ts";
import { deviceEvents } from "./families/device.ts";
import { hostMemoryEvents } from "./families/host-memory.ts";
import { hostSwapEvents } from "./families/host-swap.ts";
import { lifeEvents } from "./families/life.ts";
import { mappingEvents } from "./families/mapping.ts";
import { policyEvents } from "./families/policy.ts";
import { runEvents } from "./families/run.ts";
import { largePageEvents } from "./families/large-pages.ts";
import { sampleEvents } from "./families/sample.ts";
import { sharingEvents } from "./families/sharing.ts";
import { EventCode } from "./codes.ts";
import type { EventType } from "./event-type.ts";
import { UnknownNumber } from "./unknown-number.ts";

/**
 * Raised whenever a type or a field changes its meaning; an upcaster then translates what older runs hold. From version 2 on
 * events name the decision that they go back to.
 */
export const CATALOGUE_VERSION = 2;

/** Every event type, by ascending code. */
export const CATALOGUE: readonly EventType[] = [
  ...runEvents,
  ...lifeEvents,
  ...mappingEvents,
  ...hostMemoryEvents,
  ...hostSwapEvents,
  ...compressionEvents,
  ...balloonEvents,
  ...policyEvents,
  ...sampleEvents,
  ...sharingEvents,
  ...largePageEvents,
  ...deviceEvents,
].sort((left, right) => left.code - right.code);

const byCode = new Map(CATALOGUE.map((type) => [type.code, type]));
const byName = new Map(CATALOGUE.map((type) => [type.name, type]));

assert(
  byCode.size === CATALOGUE.length && CATALOGUE.length === Object.keys(EventCode).length,
  "the catalogue declares every code exactly once",
);

/** @throws UnknownNumber for a code that the catalogue does not declare. */
export function eventType(code: number, where = ""): EventType {
  const type = byCode.get(code);
  if (type === undefined) throw new UnknownNumber(code, `the type of the event${where}`);
  return type;
}

export function eventTypeNamed(name: string): EventType | undefined {
  return byName.get(name);
}
