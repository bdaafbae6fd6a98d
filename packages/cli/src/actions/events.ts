import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, eventTypeNamed } from "@ballast/core/events";
import type { Application } from "@ballast/server/application";
import type { EventFilter } from "@ballast/server/event-store";
import type { EventSlices } from "@ballast/server/history";
import type { Cli } from "../cli.ts";
import { EventPrinter } from "../event-printer.ts";
import { findRun } from "../find-run.ts";
import { withApplication } from "../with-application.ts";

export type Options = {
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
  await withApplication(cli, { execute: false }, (application) => printEvents(cli, application, run, options));
}

async function printEvents(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const filter = filterOf(options);
  const run = await findRun(application.runs, text);
  if (filter.from !== undefined && filter.from > run.headPosition) {
    const message = `Run ${run.id} has no position ${filter.from}: its history goes from 1 to ${run.headPosition}.`;
    throw new BallastError("POSITION_OUT_OF_RANGE", message);
  }
  const { output, signal } = cli;
  const printer = new EventPrinter({ output, signal, pool: application.pool, run: run.logId, asJson: options.json === true });
  const count = await printer.print(filter);
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
