import fc from "fast-check";
import type { Pool } from "../database/index.ts";

/** Damage to stored rows that Ballast did not do itself; the numbers are taken modulo what there is. */
export type RowDamage = {
  readonly table: string;
  readonly kind: "alter" | "null" | "delete" | "delete all" | "exchange";
  readonly row: number;
  readonly column: number;
  readonly bit: number;
};

export function rowDamages(tables: readonly string[]): fc.Arbitrary<RowDamage> {
  return fc.record({
    table: fc.constantFrom(...tables),
    kind: fc.constantFrom("alter", "alter", "alter", "null", "delete", "delete all", "exchange"),
    row: fc.nat(),
    column: fc.nat(),
    bit: fc.nat(),
  });
}

type Column = { readonly name: string; readonly type: string };

/** Another value of each type, in SQL, of the column and a number from 0. */
const OTHER_VALUES: Readonly<Record<string, (column: string, bit: number) => string>> = {
  bool: (column) => `not coalesce(${column}, false)`,
  int2: (column, bit) => `coalesce(${column}, 0) # (1 << ${bit % 15})::smallint`,
  int4: (column, bit) => `coalesce(${column}, 0) # (1 << ${bit % 31})`,
  int8: (column, bit) => `coalesce(${column}, 0) # (1::bigint << ${bit % 63})`,
  text: (column, bit) => (bit % 2 === 0 ? `coalesce(${column}, '') || 'x'` : `case ${column} when '' then 'y' else '' end`),
  uuid: (column, bit) =>
    `overlay(${column}::text placing (case substr(${column}::text, ${1 + (bit % 8)}, 1) when '0' then '1' else '0' end) from ${1 + (bit % 8)})::uuid`,
  bytea: (column, bit) =>
    bit % 4 === 0
      ? `'\\x01'::bytea`
      : `set_bit(coalesce(${column}, '\\x0000000000000000'::bytea), ${bit % 64}, 1 - get_bit(coalesce(${column}, '\\x0000000000000000'::bytea), ${bit % 64}))`,
  _float8: (column, bit) =>
    [`${column}[2:]`, `array[1.5] || ${column}[2:]`, `array[${column}]`, `array_append(${column}, null)`, `'{NaN}'`][bit % 5]!,
  json: (column, bit) =>
    [`'null'`, `'{}'`, `'[1]'`, `replace(${column}::text, '1', '2')::json`, `(${column}::text || ' ')::json`][bit % 5]!,
  timestamptz: (column) => `coalesce(${column}, now()) + interval '1 hour'`,
};

async function columnsOf(pool: Pool, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `select column_name as name, udt_name as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
  return rows;
}

/**
 * Damages rows that fulfil a condition in SQL. Returns what was done, for people; undefined if there is no such row, or the
 * database's constraints stand in the way, and nothing was changed.
 */
export async function damageRows(pool: Pool, { table, kind, row, column, bit }: RowDamage, condition: string): Promise<string | undefined> {
  const ids = await pool.query<{ id: string }>(`select ctid as id from ${table} where ${condition} order by ctid`);
  const target = ids.rows[row % Math.max(ids.rows.length, 1)]?.id;
  if (target === undefined) return undefined;
  const all = await columnsOf(pool, table);
  const { name, type } = all[column % all.length]!;
  const statement = {
    alter: `update ${table} set ${name} = ${OTHER_VALUES[type]!(name, bit)} where ctid = '${target}'`,
    null: `update ${table} set ${name} = null where ctid = '${target}' and ${name} is not null`,
    delete: `delete from ${table} where ctid = '${target}'`,
    "delete all": `delete from ${table} where ${condition}`,
    exchange: exchange(table, name, target, ids.rows[(row + 1) % ids.rows.length]!.id),
  }[kind];
  try {
    const { rowCount } = await pool.query(statement);
    return rowCount === 0 ? undefined : `${kind} ${table}.${name}`;
  } catch {
    return undefined;
  }
}

/** A column's values of two rows, if they differ. */
function exchange(table: string, name: string, one: string, other: string): string {
  return `update ${table} t set ${name} = o.${name} from ${table} o
    where ((t.ctid = '${one}' and o.ctid = '${other}') or (t.ctid = '${other}' and o.ctid = '${one}')) and t.${name}::text is distinct from o.${name}::text`;
}
