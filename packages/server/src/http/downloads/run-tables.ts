import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, eventTypeNamed } from "@ballast/core/events";
import { decisionTable, eventTable, type ExportTable, type RunSource, seriesTable } from "../../exports/index.ts";
import { isFinal } from "../../runs/index.ts";
import { names, readParameters, wholeNumberFrom } from "./query-parameters.ts";

type FoundTable = { readonly table: ExportTable; readonly isImmutable: boolean };
type ReadTable = (source: RunSource, search: URLSearchParams) => FoundTable;

const [fromZero, fromOne] = [wholeNumberFrom(0), wholeNumberFrom(1)];

/** The tables of a run, by the names that they have in addresses. */
export const RUN_TABLES = { events, decisions, series } as const satisfies Readonly<Record<string, ReadTable>>;

export type RunTableName = keyof typeof RUN_TABLES;

function events(source: RunSource, search: URLSearchParams): FoundTable {
  const given = readParameters(search, {
    from: fromOne,
    to: fromOne,
    type: names,
    vm: fromZero,
    process: fromOne,
    virtualPage: fromZero,
    limit: fromOne,
  });
  const { type, from, to, vm, limit, ...page } = given;
  checkRange(source, from, to);
  const table = eventTable(source, {
    ...page,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(vm === undefined ? {} : { vm }),
    ...(limit === undefined ? {} : { limit }),
    ...(type === undefined ? {} : { types: type.map(codeOf) }),
  });
  return { table, isImmutable: to !== undefined || isFinal(source.run.status) };
}

function decisions(source: RunSource, search: URLSearchParams): FoundTable {
  const given = readParameters(search, { from: fromOne, to: fromOne, vm: fromZero, limit: fromOne });
  checkRange(source, given.from, given.to);
  return { table: decisionTable(source, given), isImmutable: isFinal(source.run.status) };
}

function series(source: RunSource, search: URLSearchParams): FoundTable {
  const given = readParameters(search, { metric: names, vm: fromZero, fromTimeNs: fromZero, toTimeNs: fromZero });
  const { metric: metrics, ...query } = given;
  return { table: seriesTable(source, { ...query, metrics }), isImmutable: isFinal(source.run.status) };
}

function checkRange({ run: { id, headPosition } }: RunSource, from: number | undefined, to: number | undefined): void {
  if (to === undefined) return;
  const range = `run ${id} has events 1 to ${headPosition}`;
  if (to > headPosition) throw new BallastError("POSITION_OUT_OF_RANGE", `${range}; \`to\` is ${to}`);
  if ((from ?? 1) > to) throw new BallastError("INPUT_INVALID", `\`from\` ${from} lies after \`to\` ${to}`);
}

function codeOf(name: string): number {
  const found = eventTypeNamed(name);
  if (found !== undefined) return found.code;
  const all = CATALOGUE.map((declared) => declared.name).join(", ");
  throw new BallastError("INPUT_INVALID", `"${name}" is no type of event; there are: ${all}`);
}
