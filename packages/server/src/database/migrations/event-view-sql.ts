/** A column of events, with the most bytes of a value. */
export type EventColumnBytes = readonly [name: string, bytes: number];

/** Of commits, since migration 0008. */
export const COLUMNS_WITH_DECISION: readonly EventColumnBytes[] = [
  ["type", 1],
  ["time", 7],
  ["vm", 4],
  ["process", 4],
  ["a", 4],
  ["b", 4],
  ["c", 4],
  ["d", 7],
  ["decision", 4],
];

export function planesOf(columns: readonly EventColumnBytes[]): string[] {
  return columns.flatMap(([name, bytes]) => Array.from({ length: bytes }, (_, byte) => `${name}_${byte}`));
}

/** The value of a column for event number n.i of a commit, from the planes that were fetched once per commit. */
function valueOf(name: string, bytes: number): string {
  const terms = Array.from({ length: bytes }, (_, byte) => {
    const factor = byte === 0 ? "" : ` * ${2 ** (8 * byte)}::bigint`;
    return `coalesce(get_byte(p.${name}_${byte}, n.i)${factor}, 0)`;
  });
  return `p.${name}_base + ${terms.join(" + ")}`;
}

const COMMITS_OF_RUN = `
from run_segments s
join commits c on c.root_run_id = s.root_run_id and c.run_id = s.source_run_id
  and c.last_position >= s.first_position and c.first_position <= s.last_position`;

type Shown = { readonly name: string; readonly type: string; readonly value: string };

/** What a column shows of the event `e` instead of the recorded number, and the type of that if it is another. */
export type EventValue = { readonly value: string; readonly type?: string };

/** Times and `d` are bigint, types smallint, the others integer; a decision 0 is none, or one that is not known. */
function shownColumn([name, bytes]: EventColumnBytes): Shown {
  const value = valueOf(name, bytes);
  if (name === "type") return { name, type: "smallint", value: `(${value})::smallint` };
  if (name === "time") return { name: "time_ns", type: "bigint", value: `(${value})` };
  if (name === "decision") return { name, type: "integer", value: `nullif((${value})::integer, 0)` };
  return bytes > 4 ? { name, type: "bigint", value: `(${value})` } : { name, type: "integer", value: `(${value})::integer` };
}

/**
 * The view `events` and the function `events_between`, for commits with these columns. `|| ''` fetches a plane whole, once
 * per commit instead of once per event; `offset 0` keeps the planner from undoing that, and it still drops the planes of
 * columns that the query does not ask for. The outer `offset 0` has the values made right here: else a sort above would carry the
 * planes along, tens of kilobytes for each event. `values` are of columns that show other than the recorded number.
 */
export function eventViewSql(columns: readonly EventColumnBytes[], values: Readonly<Record<string, EventValue>> = {}): string {
  const fetched = `select ${[
    ...columns.map(([name]) => `c.${name}_base`),
    ...planesOf(columns).map((plane) => `c.${plane} || ''::bytea as ${plane}`),
  ].join(", ")} offset 0`;
  const shown = columns.map(shownColumn);
  const [type, ...others] = shown.map(({ name }) => {
    const value = values[name]?.value;
    return value === undefined ? `e.${name}` : `${value} as ${name}`;
  });
  const selected = ["s.run_id", "e.position", type, "t.name", "t.family", ...others].join(", ");
  const eventsOfCommit = (from: string, to: string): string => `
cross join lateral (
  select c.first_position + n.i as position, ${shown.map(({ name, value }) => `${value} as ${name}`).join(", ")}
  from (${fetched}) p
  cross join generate_series((${from} - c.first_position)::integer, (${to} - c.first_position)::integer) n(i)
  offset 0
) e
left join event_types t on t.type = e.type`;
  const [typeColumn, ...otherColumns] = shown.map(({ name, type: recorded }) => `${name} ${values[name]?.type ?? recorded}`);
  const returned = ["run_id bigint", '"position" bigint', typeColumn, "name text", "family text", ...otherColumns].join(", ");
  return `
create or replace view events as
select ${selected}
${COMMITS_OF_RUN}
${eventsOfCommit("greatest(s.first_position, c.first_position)", "least(c.last_position, s.last_position)")};
comment on view events is 'One row per event of every run, forks included. For a range of positions use events_between: it reads only the commits concerned.';

create or replace function events_between(asked_run_id bigint, from_position bigint, to_position bigint)
returns table (${returned})
language sql stable as $function$
select ${selected}
${COMMITS_OF_RUN}
  and c.last_position >= from_position and c.first_position <= to_position
${eventsOfCommit("greatest(s.first_position, c.first_position, from_position)", "least(c.last_position, s.last_position, to_position)")}
where s.run_id = asked_run_id
$function$;
comment on function events_between is 'The events of a run from one position to another, both included.';`;
}
