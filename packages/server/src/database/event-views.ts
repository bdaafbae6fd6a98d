import { CATALOGUE, type EventField, FIELD_COLUMNS, type FieldColumn } from "@ballast/core/events";
import type { Pool } from "pg";
import { layoutHash } from "./layouts.ts";
import { COLUMNS_WITH_DECISION, type EventValue, eventViewSql } from "./migrations/event-view-sql.ts";

type Declared = { readonly type: number; readonly field: EventField };

/**
 * Makes the view `events` and the function `events_between` with the values of the catalogue. Called at every start; it
 * does nothing if they are up to date, so that their readers are not disturbed.
 */
export async function writeEventViews(client: { query: Pool["query"] }): Promise<void> {
  const { rows } = await client.query<{ comment: string | null }>("select obj_description(to_regclass('events'), 'pg_class') as comment");
  const mark = `Made of definition ${layoutHash(EVENT_VIEWS)}.`;
  if (rows[0]?.comment?.endsWith(mark) === true) return;
  await client.query(`begin;\n${EVENT_VIEWS}\n${commentSql(mark)}\ncommit;`);
}

/** Null where the number stands for none, and figures in their unit: as every reader shows them. */
function eventValues(): Readonly<Record<string, EventValue>> {
  const values: Record<string, EventValue> = {};
  for (const column of FIELD_COLUMNS) {
    const value = valueOf(column);
    if (value !== undefined) values[column] = value;
  }
  return values;
}

/** Undefined where all types show the number that is recorded: such a column is read without the events' types. */
function valueOf(column: FieldColumn): EventValue | undefined {
  const declared = CATALOGUE.flatMap(({ code, fields }): Declared[] => {
    const field = fields[column];
    return field === undefined || (field.none === undefined && field.perUnit === undefined) ? [] : [{ type: code, field }];
  });
  if (declared.length === 0) return undefined;
  const isNumeric = declared.some(({ field }) => field.perUnit !== undefined);
  const cases = declared.map(({ type, field }) => `when ${type} then ${shownSql(column, field)}`);
  const recorded = isNumeric ? `e.${column}::numeric` : `e.${column}`;
  const value = `case e.type ${cases.join(" ")} else ${recorded} end`;
  return isNumeric ? { value, type: "numeric" } : { value };
}

function shownSql(column: FieldColumn, { none, perUnit }: EventField): string {
  const number = none === undefined ? `e.${column}` : `nullif(e.${column}, ${none})`;
  return perUnit === undefined ? number : `trim_scale(${number}::numeric / ${perUnit})`;
}

const EVENT_VIEWS = eventViewSql(COLUMNS_WITH_DECISION, eventValues());

const COMMENT =
  "One row per event of every run, forks included; none is null, and figures are in their unit. For a range of positions use " +
  "events_between: it reads only the commits concerned.";

function commentSql(mark: string): string {
  return `comment on view events is '${COMMENT} ${mark}';`;
}
