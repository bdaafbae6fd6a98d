import { endsInThePast } from "../../api/events/event-slice.ts";
import { filterOf, positionRange } from "../../api/events/find-events.ts";
import { decisionTable, eventTable, type ExportTable, type RunSource, seriesTable } from "../../exports/index.ts";
import type { EventFilter } from "../../event-store/index.ts";
import type { EventSlices } from "../../history/index.ts";
import { isFinal } from "../../runs/index.ts";
import { checkRange, readEventQuery } from "./event-parameters.ts";
import { names, readParameters, wholeNumberFrom } from "./query-parameters.ts";

type FoundTable = { readonly table: ExportTable; readonly isImmutable: boolean };
type ReadTable = (source: RunSource, search: URLSearchParams) => FoundTable | Promise<FoundTable>;

const [fromZero, fromOne] = [wholeNumberFrom(0), wholeNumberFrom(1)];

/** The tables of a run, by the names that they have in addresses. */
export const RUN_TABLES = { events, decisions, series } as const satisfies Readonly<Record<string, ReadTable>>;

export type RunTableName = keyof typeof RUN_TABLES;

async function events(source: RunSource, search: URLSearchParams): Promise<FoundTable> {
  const { filter, isImmutable } = await readEventFilter(source, search);
  return { table: eventTable(source, filter), isImmutable };
}

/** The events that an address asks for, as the store selects them. @throws BallastError as `readEventQuery`. */
export async function readEventFilter(
  { pool, run }: RunSource,
  search: URLSearchParams,
): Promise<{ readonly filter: EventFilter & EventSlices; readonly isImmutable: boolean }> {
  const { query, limit } = readEventQuery(run, search);
  const range = await positionRange(pool, run, query, 0);
  const filter = { ...filterOf(query), ...range, ...(limit === undefined ? {} : { limit }) };
  return { filter, isImmutable: endsInThePast(run, query) };
}

function decisions(source: RunSource, search: URLSearchParams): FoundTable {
  const given = readParameters(search, { from: fromOne, to: fromOne, vm: fromZero, limit: fromOne });
  checkRange(source.run, given.from, given.to);
  return { table: decisionTable(source, given), isImmutable: isFinal(source.run.status) };
}

function series(source: RunSource, search: URLSearchParams): FoundTable {
  const given = readParameters(search, { metric: names, vm: fromZero, fromTimeNs: fromZero, toTimeNs: fromZero });
  const { metric: metrics, ...query } = given;
  return { table: seriesTable(source, { ...query, metrics }), isImmutable: isFinal(source.run.status) };
}
