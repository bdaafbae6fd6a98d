import type { EventFamily, EventsOf, EventType, EventValues } from "../../events/index.ts";
import type { MachineTables } from "../machine-tables.ts";

/** What an event of a type changes in the tables: gets the values of the event as they were recorded. */
export type EventHandler<Type extends EventType> = (machine: MachineTables, ...values: EventValues<Type>) => void;

/** The handler of every event type of a family; null: events of the type change nothing but counters, which `core/metrics` declares. */
export type Handlers<Family extends EventFamily> = {
  readonly [Name in keyof EventsOf<Family>]: EventHandler<EventsOf<Family>[Name]> | null;
};
