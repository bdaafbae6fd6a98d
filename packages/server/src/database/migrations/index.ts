import type { Migration } from "kysely/migration";
import { eventStoreMigration } from "./0001-event-store.ts";

/** Every migration by name, in order. A name and what it did never change once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-event-store": eventStoreMigration,
};
