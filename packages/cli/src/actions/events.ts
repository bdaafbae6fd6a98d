import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, eventTypeNamed } from "@ballast/core/events";
import type { Application } from "@ballast/server/application";
import type { EventFilter } from "@ballast/server/event-store";
import type { RunSource } from "@ballast/server/exports";
import type { EventSlices } from "@ballast/server/history";
import type { Cli } from "../cli.ts";
import { EventPrinter } from "../event-printer.ts";
import { type ExportOptions, type ExportTarget, exportTargets } from "../exports/export-options.ts";
import { findRun } from "../find-run.ts";
import { withApplication } from "../with-application.ts";

export type Options = ExportOptions & {
  readonly from?: number;
  readonly to?: number;
  readonly type?: readonly string[];
  readonly vm?: number;
  readonly process?: number;
  readonly virtualPage?: number;
  readonly limit?: number;
  readonly json?: true;
};

export async function eventsAction(cli: Cli, run: string, options: Options): Promise<void> {
  const targets = exportTargets(options);
  await withApplication(cli, { execute: false }, (application) => listEvents(cli, application, run, { ...options, targets }));
}

type Request = Options & { readonly targets: readonly ExportTarget[] };

async function listEvents(cli: Cli, application: Application, text: string, options: Request): Promise<void> {
  const filter = filterOf(options);
  const run = await findRun(application.runs, text);
  if (filter.from !== undefined && filter.from > run.headPosition) {
    const message = `Run ${run.id} has no position ${filter.from}: its history goes from 1 to ${run.headPosition}.`;
    throw new BallastError("POSITION_OUT_OF_RANGE", message);
  }
  const files = options.targets.filter(({ format }) => format !== "json");
  if (files.length > 0) await exportEvents(cli, { pool: application.pool, run, signal: cli.signal }, filter, files);
  if (files.length === options.targets.length && files.length > 0) return;
  await printEvents(cli, { pool: application.pool, run }, filter, options.json === true);
}

async function exportEvents(cli: Cli, source: RunSource, filter: EventFilter & EventSlices, files: readonly ExportTarget[]): Promise<void> {
  const [{ eventTable }, { exportTable }] = await Promise.all([import("@ballast/server/exports"), import("../exports/export-table.ts")]);
  await exportTable(cli, files, () => eventTable(source, filter));
}

async function printEvents(
  cli: Cli,
  { pool, run }: Pick<RunSource, "pool" | "run">,
  filter: EventFilter & EventSlices,
  asJson: boolean,
): Promise<void> {
  const { output, signal } = cli;
  const count = await new EventPrinter({ output, signal, pool, run: run.logId, asJson }).print(filter);
  if (count === 0) cli.progress.say(`None of the ${run.headPosition} events of run ${run.id} matches.`);
}

function filterOf({ from, to, vm, process, virtualPage, limit, type }: Options): EventFilter & EventSlices {
  if (from !== undefined && to !== undefined && from > to) {
    throw new BallastError("INPUT_INVALID", `--from ${from} lies after --to ${to}.`);
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(vm === undefined ? {} : { vm }),
    process,
    virtualPage,
    ...(limit === undefined ? {} : { limit }),
    ...(type === undefined ? {} : { types: type.map(codeOf) }),
  };
}

function codeOf(name: string): number {
  const found = eventTypeNamed(name);
  if (found !== undefined) return found.code;
  const names = CATALOGUE.map((declared) => declared.name).join(", ");
  throw new BallastError("INPUT_INVALID", `"${name}" is no type of event; there are: ${names}.`);
}
