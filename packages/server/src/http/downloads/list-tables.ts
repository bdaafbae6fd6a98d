import { type ExportTable, runTable, vmTable } from "../../exports/index.ts";
import { listedRuns, RUN_SORT_KEYS, RUN_STATUSES, type RunReader, type RunSortKey, SORT_DIRECTIONS } from "../../runs/index.ts";
import { date, oneOf, readParameters, text, wholeNumberFrom } from "./query-parameters.ts";

/** The tables of many runs, by the names that they have in addresses. */
export const LIST_TABLES = { runs: runTable, vms: vmTable } as const;

export type ListTableName = keyof typeof LIST_TABLES;

const FILTERS = {
  status: oneOf(RUN_STATUSES),
  scenario: text,
  policy: text,
  seed: wholeNumberFrom(0),
  createdFrom: date,
  createdBefore: date,
  search: text,
  label: text,
  sort: oneOf(Object.keys(RUN_SORT_KEYS) as RunSortKey[]),
  direction: oneOf(SORT_DIRECTIONS),
  limit: wholeNumberFrom(1),
};

/** All runs that fit, newest first unless told otherwise. */
export function listTable(name: ListTableName, runs: RunReader, search: URLSearchParams): ExportTable {
  const { sort: by = "created", direction = "descending", limit = Infinity, ...filter } = readParameters(search, FILTERS);
  return LIST_TABLES[name](runs, listedRuns(runs, { ...filter, order: { by, direction }, limit }));
}
