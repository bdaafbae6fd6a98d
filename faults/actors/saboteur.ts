import type { Pool } from "../../packages/server/src/database/index.ts";
import type { Column } from "../judge/stored-parts.ts";
import type { Damage, How } from "../plan/damage.ts";

/** What was changed: the row by its key, the column (null: the whole row), and the positions that it speaks for where it has any. */
export type Sabotage = {
  readonly table: string;
  readonly column: string | null;
  readonly how: How;
  readonly row: Readonly<Record<string, unknown>>;
  readonly run: number | undefined;
  readonly positions: readonly [from: number, to: number] | undefined;
};

/** A value of that type changed, as SQL over the column; undefined: such a column cannot be changed that way. `$1` is in [0, 1). */
type Change = (column: string) => string;
const at = (size: string): string => `(least(${size} - 1, floor($1::float8 * ${size})))::integer`;
const INTEGER: Partial<Record<How, Change>> = { flip: (c) => `(${c} # (1::bigint << floor($1::float8 * 12)::integer))`, empty: () => "0" };
const TEXT: Partial<Record<How, Change>> = {
  flip: (c) =>
    `overlay(${c} placing chr(97 + ((ascii(substr(${c}, 1 + ${at(`length(${c})`)}, 1)) + 1) % 6)) from 1 + ${at(`length(${c})`)} for 1)`,
  shorten: (c) => `left(${c}, ${at(`length(${c})`)})`,
  empty: () => "''",
};
const ARRAY: Partial<Record<How, Change>> = { shorten: (c) => `${c}[1:cardinality(${c}) - 1]`, empty: () => "'{}'" };
const JSON_VALUE: Partial<Record<How, Change>> = { empty: () => "'{}'" };
const CHANGES: Readonly<Record<string, Partial<Record<How, Change>>>> = {
  bytea: {
    flip: (c) =>
      `set_byte(${c}, ${at(`length(${c})`)}, get_byte(${c}, ${at(`length(${c})`)}) # (1 << (floor($1::float8 * 977)::integer % 8)))`,
    shorten: (c) => `substring(${c} from 1 for ${at(`length(${c})`)})`,
    empty: () => "''::bytea",
  },
  text: TEXT,
  int2: { flip: (c) => `(${c}::integer # 1)::smallint`, empty: () => "0" },
  int4: { flip: (c) => `(${c} # (1 << floor($1::float8 * 12)::integer))`, empty: () => "0" },
  int8: INTEGER,
  float8: { flip: (c) => `${c} + 1` },
  bool: { flip: (c) => `not ${c}` },
  _int2: {
    ...ARRAY,
    flip: (c) => `array_replace(${c}, ${c}[1 + ${at(`cardinality(${c})`)}], (${c}[1 + ${at(`cardinality(${c})`)}] # 1::smallint))`,
  },
  _int4: { ...ARRAY, flip: (c) => `array_replace(${c}, ${c}[1 + ${at(`cardinality(${c})`)}], ${c}[1 + ${at(`cardinality(${c})`)}] # 1)` },
  _int8: { ...ARRAY, flip: (c) => `array_replace(${c}, ${c}[1 + ${at(`cardinality(${c})`)}], ${c}[1 + ${at(`cardinality(${c})`)}] # 1)` },
  _text: {
    ...ARRAY,
    flip: (c) => `array_replace(${c}, ${c}[1 + ${at(`cardinality(${c})`)}], ${c}[1 + ${at(`cardinality(${c})`)}] || 'x')`,
  },
  _float8: { ...ARRAY, flip: (c) => `array_replace(${c}, ${c}[1 + ${at(`cardinality(${c})`)}], ${c}[1 + ${at(`cardinality(${c})`)}] + 1)` },
  json: JSON_VALUE,
  jsonb: JSON_VALUE,
  uuid: {},
  timestamptz: { flip: (c) => `${c} + interval '1 day'` },
};

/** Types whose values nothing here can change: a list of them would hide a column, so there is none. */
export function requireKnownTypes(columns: readonly Column[]): void {
  const unknown = columns.filter(({ type }) => CHANGES[type] === undefined).map(({ table, name, type }) => `${table}.${name} (${type})`);
  if (unknown.length > 0)
    throw new Error(
      `faults/actors/saboteur.ts cannot change ${unknown.join(", ")}: say how such a value is flipped, shortened and emptied`,
    );
}

const REPLAYED = "(select t.id from traces t join run_traces r on r.digest = t.digest)";
/** Which rows are a run's, as SQL with `$run`; tables that are not named have a column run_id. Shared ones: any row, of traces one that is replayed. */
const ROWS: Readonly<Record<string, { readonly where: string; readonly isShared: boolean }>> = {
  runs: { where: "id = $run", isShared: false },
  traces: { where: `id in ${REPLAYED}`, isShared: true },
  trace_blocks: { where: `trace_id in ${REPLAYED}`, isShared: true },
  trace_pages: { where: `trace_id in ${REPLAYED}`, isShared: true },
  trace_page_names: { where: "true", isShared: true },
  figure_names: { where: "true", isShared: true },
  event_types: { where: "true", isShared: true },
  comparisons: { where: "true", isShared: true },
  idempotency_keys: { where: "true", isShared: true },
  unchecked_owners: { where: "true", isShared: true },
  api_tokens: { where: "true", isShared: true },
};

/**
 * Changes one row of a table, among those of a run where the table has any. Undefined if there is no such row, or no column that can
 * be changed that way; a value that stays equal is no damage.
 */
export async function sabotage(pool: Pool, columns: readonly Column[], damage: Damage, run: number): Promise<Sabotage | undefined> {
  const { table, how } = damage;
  const { where, isShared } = ROWS[table] ?? { where: "run_id = $run", isShared: false };
  const { rows } = await pool.query<{ ctid: string; row: Record<string, unknown> }>(
    `select ctid::text, to_jsonb(t) - $1::text[] as row from ${table} t where ${where.replace("$run", String(run))} order by ctid`,
    [columns.filter(({ type }) => /^(bytea|jsonb?|_.*)$/.test(type)).map(({ name }) => name)],
  );
  const target = rows[Math.floor(damage.row * rows.length)];
  if (target === undefined) return undefined;
  const column = how === "delete" ? null : how === "swap" ? undefined : chooseColumn(columns, damage);
  const done = { table, how, row: target.row, run: isShared ? undefined : run, positions: positionsOf(target.row) };
  if (how === "delete")
    return (await isChanged(pool, `delete from ${table} where ctid = $1`, [target.ctid])) ? { ...done, column: null } : undefined;
  if (how === "swap")
    return await swapValues(
      pool,
      columns,
      damage,
      rows.map(({ ctid }) => ctid),
      { ...done, column: null },
    );
  if (column === undefined || column === null) return undefined;
  return (await changeValue(pool, column, damage, target.ctid)) ? { ...done, column: column.name } : undefined;
}

function chooseColumn(columns: readonly Column[], { how, column }: Damage): Column | undefined {
  const able = columns.filter(({ type }) => CHANGES[type]?.[how] !== undefined);
  return able[Math.floor(column * able.length)];
}

async function changeValue(pool: Pool, { table, name, type }: Column, { how, byte }: Damage, ctid: string): Promise<boolean> {
  const value = CHANGES[type]?.[how]?.(name) ?? name;
  const text = `update ${table} set ${name} = ${value} where ctid = $2 and ${name} is not null
    and ${name}::text is distinct from (${value})::text and $1::float8 >= 0`;
  return await isChanged(pool, text, [byte, ctid]);
}

/** Two rows exchange the values of a column that is no part of their key: each is right in itself, and in the wrong place. */
async function swapValues(
  pool: Pool,
  columns: readonly Column[],
  damage: Damage,
  ctids: readonly string[],
  done: Sabotage,
): Promise<Sabotage | undefined> {
  const able = columns.filter(({ type }) => type === "bytea" || type.startsWith("_") || type.startsWith("json"));
  const column = able[Math.floor(damage.column * able.length)];
  const first = Math.floor(damage.row * ctids.length);
  const other = (first + 1) % ctids.length;
  if (column === undefined || first === other) return undefined;
  const { table, name } = column;
  const text = `update ${table} t set ${name} = o.${name} from ${table} o
    where (t.ctid, o.ctid) in (($1::tid, $2::tid), ($2::tid, $1::tid)) and t.${name}::text is distinct from o.${name}::text`;
  return (await isChanged(pool, text, [ctids[first], ctids[other]])) ? { ...done, column: name } : undefined;
}

/** What the database itself refuses (a key twice, a reference to nothing) cannot be there: it is no damage. */
async function isChanged(pool: Pool, text: string, values: readonly unknown[]): Promise<boolean> {
  try {
    return ((await pool.query(text, [...values])).rowCount ?? 0) > 0;
  } catch (error) {
    if (/^(22|23)/.test(String((error as { code?: unknown }).code))) return false;
    throw error;
  }
}

function positionsOf(row: Readonly<Record<string, unknown>>): [number, number] | undefined {
  if (typeof row["first_position"] === "number" && typeof row["last_position"] === "number")
    return [row["first_position"], row["last_position"]];
  return typeof row["position"] === "number" ? [row["position"], row["position"]] : undefined;
}
