import { BallastError } from "@ballast/core/errors";
import type { RunOrder, RunSortKey } from "../run-list.ts";
import type { SqlConditions } from "./run-conditions.ts";

type SortSql = {
  /** What is sorted, as an index has it. */
  readonly value: string;
  /** The same as a float8, exactly. */
  readonly number: string;
  /** Of a parameter that is such a float8: what `value` is compared with. */
  readonly boundOf: (parameter: string) => string;
  readonly isNullable: boolean;
};

const SORTS: Readonly<Record<RunSortKey, SortSql>> = {
  created: numeric("r.id", false),
  finished: {
    value: "j.finished_at",
    number: "(extract(epoch from j.finished_at) * 1000000)::float8",
    boundOf: (parameter) => `timestamptz 'epoch' + ${parameter}::float8 * interval '1 microsecond'`,
    isNullable: true,
  },
  workTime: numeric(resultSql("j.figures -> 'workNs'"), true),
  accesses: numeric("j.accesses", false),
  // The first version counted faults only while it bounded them.
  faults: numeric(`coalesce(${resultSql("j.figures -> 'faults'")}, ${resultSql("j.figures -> 'faultBound' -> 'faults'")})`, true),
};

function numeric(value: string, isNullable: boolean): SortSql {
  return { value, number: `(${value})::float8`, boundOf: (parameter) => parameter, isNullable };
}

/** A number in the results of a run, in the words of the index over it (migration 0025); null where there is none, or something else. */
function resultSql(path: string): string {
  return `case when json_typeof(${path}) = 'number' then (${path})::text::float8 end`;
}

/** Where in an order a run stands: its value (null: it has none) and its number in the log. */
export type RunPlace = { readonly value: number | null; readonly logId: number };

/** A list is in two parts: runs with a value, then those without. */
export type OrderPart = "valued" | "unvalued";

/** The parts of a list that lie behind a place, in their order. */
export function partsAfter({ by }: RunOrder, after: RunPlace | null): readonly OrderPart[] {
  if (!SORTS[by].isNullable) return ["valued"];
  return after !== null && after.value === null ? ["unvalued"] : ["valued", "unvalued"];
}

/** For SQL: what a run's place is read from. */
export function placeColumns({ by }: RunOrder): string {
  return `${SORTS[by].number} as sort_value`;
}

/** Adds that runs are of a part and behind a place. Returns how they are to be ordered. */
export function limitToPart(conditions: SqlConditions, { by, direction }: RunOrder, part: OrderPart, after: RunPlace | null): string {
  const { value, boundOf, isNullable } = SORTS[by];
  const [beyond, sql] = direction === "ascending" ? [">", "asc"] : ["<", "desc"];
  if (part === "unvalued") {
    conditions.add(`${value} is null`);
    if (after !== null && after.value === null) conditions.add(`r.id ${beyond} ${conditions.parameter(after.logId)}`);
    return `order by r.id ${sql}`;
  }
  if (isNullable) conditions.add(`${value} is not null`);
  if (after !== null) {
    const bound = boundOf(conditions.parameter(after.value));
    conditions.add(`(${value}, j.run_id) ${beyond} (${bound}, ${conditions.parameter(after.logId)})`);
  }
  return `order by ${value} ${sql}, j.run_id ${sql}`;
}

export function encodePlace({ by, direction }: RunOrder, { value, logId }: RunPlace): string {
  return Buffer.from(`${by} ${direction} ${value ?? "-"} ${logId}`).toString("base64url");
}

const PLACE = /^(\w+ \w+) (-|-?\d{1,16}(?:\.\d+)?) (\d{1,16})$/;

/** @throws BallastError CURSOR_INVALID for what is no cursor, or one of a list in another order. */
export function decodePlace({ by, direction }: RunOrder, cursor: string | undefined): RunPlace | null {
  if (cursor === undefined) return null;
  const [, order, value = "", logId] = PLACE.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (order === `${by} ${direction}`) return { value: value === "-" ? null : Number(value), logId: Number(logId) };
  const other = order === undefined ? "" : ` (it is of one that is sorted by ${order})`;
  throw new BallastError(
    "CURSOR_INVALID",
    `${JSON.stringify(cursor)} is no cursor of this list${other}; use the endCursor of a page of it.`,
  );
}
