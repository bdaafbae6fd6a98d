import { experimentMetricTable, experimentTable, type ExportTable } from "../../exports/index.ts";
import type { Exchange } from "../exchange.ts";
import { experimentFileName, runFileName } from "./file-name.ts";
import { type FormatName, FORMATS } from "./formats.ts";
import { listTable, type ListTableName } from "./list-tables.ts";
import { inSlot } from "./parquet-slots.ts";
import { readParameters } from "./query-parameters.ts";
import { RUN_TABLES, type RunTableName } from "./run-tables.ts";
import { sendPieces } from "./send-pieces.ts";

/** The tables of an experiment: a row for each variant and seed, and one for each of those and each metric. */
export const EXPERIMENT_TABLES = { cells: experimentTable, metrics: experimentMetricTable } as const;

type ExperimentTableName = keyof typeof EXPERIMENT_TABLES;

type File = { readonly table: ExportTable; readonly fileName: string; readonly isImmutable: boolean };

export async function answerRunTable(exchange: Exchange, id: string, name: RunTableName, format: FormatName): Promise<void> {
  const { services, signal, url } = exchange;
  await services.admissions.take(false, signal);
  const { pool, runs } = services.application;
  const run = await runs.getRun(id);
  const found = await RUN_TABLES[name]({ pool, run, signal }, url.searchParams);
  await sendTable(exchange, format, { ...found, fileName: runFileName(run, name) });
}

export async function answerExperimentTable(exchange: Exchange, id: string, name: ExperimentTableName, format: FormatName): Promise<void> {
  const { services, signal, url } = exchange;
  await services.admissions.take(false, signal);
  readParameters(url.searchParams, {});
  const experiment = await services.application.experiments.getExperiment(id);
  const table = EXPERIMENT_TABLES[name](experiment);
  // Its runs may be deleted.
  await sendTable(exchange, format, { table, fileName: experimentFileName(experiment, name), isImmutable: false });
}

export async function answerListTable(exchange: Exchange, name: ListTableName, format: FormatName): Promise<void> {
  const { services, signal, url } = exchange;
  await services.admissions.take(false, signal);
  const table = listTable(name, services.application.runs, url.searchParams);
  await sendTable(exchange, format, { table, fileName: `ballast-${name}`, isImmutable: false });
}

async function sendTable(exchange: Exchange, format: FormatName, { table, fileName, isImmutable }: File): Promise<void> {
  const { mediaType, bytes } = FORMATS[format];
  const made = bytes({ ...table, rows: inTurns(table.rows, exchange) });
  const pieces = format === "parquet" ? inSlot(exchange.services, made) : made;
  await sendPieces(exchange, { mediaType, fileName: `${fileName}.${format}`, isImmutable, pieces });
}

/** Each block of rows is made in a turn of its own, too: a format may make one piece of many. */
async function* inTurns(rows: ExportTable["rows"], { services, signal }: Exchange): ExportTable["rows"] {
  for await (const block of rows) {
    yield block;
    await services.turns.take(false, signal);
  }
}
