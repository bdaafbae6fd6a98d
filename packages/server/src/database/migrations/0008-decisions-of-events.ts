import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { COLUMNS_WITH_DECISION, type EventColumnBytes, eventViewSql, planesOf } from "./event-view-sql.ts";

const ADDED: readonly EventColumnBytes[] = [["decision", 4]];

/** Events name the decision that they go back to. Those stored before name none: that is not known of them. */
const COLUMN = `
alter table commits add column decision_base bigint not null default 0,
  ${planesOf(ADDED)
    .map((plane) => `add column ${plane} bytea`)
    .join(",\n  ")};
${planesOf(ADDED)
  .map((plane) => `alter table commits alter column ${plane} set storage external;`)
  .join("\n")}
drop view events;
drop function events_between;`;

export const decisionsOfEventsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of [COLUMN, eventViewSql(COLUMNS_WITH_DECISION)]) await sql.raw(part).execute(database);
  },
};
