import { BallastError } from "@ballast/core/errors";
import { translate } from "@ballast/server/api/translate";
import type { Application } from "@ballast/server/application";
import type { At } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { Cli } from "../cli.ts";
import { findProcess, findVirtualPage, findVm } from "../find-page.ts";
import { momentOf } from "../moment-of.ts";
import type { PageText } from "../page-options.ts";
import { translationLines, type TranslationShape } from "../presentation/translation-lines.ts";
import { withApplication } from "../with-application.ts";

export type Options = {
  readonly vm: string;
  readonly process: string;
  readonly page?: PageText;
  /** The page that holds it. */
  readonly address?: number;
  readonly at: At;
  readonly json?: true;
};

export async function translateAction(cli: Cli, run: string, options: Options): Promise<void> {
  const page = pageOf(options);
  const shape = await withApplication(cli, { execute: false }, (application) => translationOf(cli, application, { run, page, ...options }));
  if (options.json === true) await cli.output.json(shape);
  else for (const line of translationLines(shape, cli.output.width)) await cli.output.line(line);
}

function pageOf({ page, address }: Options): PageText {
  const given = page ?? address;
  if (given === undefined || (page !== undefined && address !== undefined)) {
    throw new BallastError("INPUT_INVALID", "Give the page to translate, by --page or by --address.");
  }
  return given;
}

type Asked = Options & { readonly run: string; readonly page: PageText };

async function translationOf(cli: Cli, application: Application, asked: Asked): Promise<TranslationShape> {
  const { history, pool } = application;
  const { run, machine } = await momentOf(cli, application, asked.run, asked.at);
  const { position, timeNs } = machine;
  const vm = findVm(machine, asked.vm);
  const process = findProcess(machine, vm, asked.process);
  const page = await findVirtualPage({ pool, run, machine, process }, asked.page);
  const entries: Parameters<typeof translate>[0]["entries"] = (table, first, end) =>
    history.entriesAt(run.logId, { position }, { table, first, end });
  const translation = await translate({ outline: machine, entries }, vm.vm, process.process, page);
  const nameOf = await new PageNames(pool).upTo(run.logId, position);
  const names = {
    vmName: machine.text(vm.nameText),
    processName: machine.text(process.nameText),
    virtualPageName: nameOf(vm.vm, process.process, page),
  };
  return { runId: run.id, position, timeNs, ...names, ...translation };
}
