import { assert } from "../assert/index.ts";
import type { EventFamily, EventType } from "./event-type.ts";
import * as balloon from "./families/balloon.ts";
import * as compression from "./families/compression.ts";
import * as device from "./families/device.ts";
import * as guestPaging from "./families/guest-paging.ts";
import * as hostMapping from "./families/host-mapping.ts";
import * as hostSwap from "./families/host-swap.ts";
import * as largePages from "./families/large-pages.ts";
import * as life from "./families/life.ts";
import * as mapping from "./families/mapping.ts";
import * as policy from "./families/policy.ts";
import * as run from "./families/run.ts";
import * as sample from "./families/sample.ts";
import * as sharing from "./families/sharing.ts";
import * as steal from "./families/steal.ts";
import * as trap from "./families/trap.ts";
import { UnknownNumber } from "./unknown-number.ts";

/** Every event type, by its name: all that the files of `families` declare. */
const EVENT_TYPES = {
  ...balloon,
  ...compression,
  ...device,
  ...guestPaging,
  ...hostMapping,
  ...hostSwap,
  ...largePages,
  ...life,
  ...mapping,
  ...policy,
  ...run,
  ...sample,
  ...sharing,
  ...steal,
  ...trap,
};

type EventTypes = typeof EVENT_TYPES;

export type EventName = keyof EventTypes;

/** The event types of a family, by name. */
export type EventsOf<Family extends EventFamily> = {
  readonly [Name in EventName as EventTypes[Name]["family"] extends Family ? Name : never]: EventTypes[Name];
};

/** An event type is exported under its own name: the compiler refuses another one. */
const NAMED: { readonly [Name in EventName]: EventType<Name> } = EVENT_TYPES;

/** The code of every event type, by its name. */
export const EventCode = Object.fromEntries(Object.values(NAMED).map(({ name, code }) => [name, code])) as {
  readonly [Name in EventName]: EventTypes[Name]["code"];
};

/** Every event type, by ascending code. */
export const CATALOGUE: readonly EventType[] = Object.values<EventType>(NAMED).sort((left, right) => left.code - right.code);

const byCode: (EventType | undefined)[] = [];
for (const type of CATALOGUE) {
  assert(byCode[type.code] === undefined, () => `${type.name} and ${byCode[type.code]?.name} have the code ${type.code}`);
  byCode[type.code] = type;
}

const byName = new Map(CATALOGUE.map((type) => [type.name, type]));

/** @throws UnknownNumber for a code that the catalogue does not declare. */
export function eventType(code: number, where = ""): EventType {
  const type = byCode[code];
  if (type === undefined) throw new UnknownNumber(code, `the type of the event${where}`);
  return type;
}

export function eventTypeNamed(name: string): EventType | undefined {
  return byName.get(name);
}
