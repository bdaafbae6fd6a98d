import { translate } from "@ballast/server/api/translate";
import type { Application } from "@ballast/server/application";
import { type At, TableEntries, type TableId } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { NamedPage, Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { momentOf } from "../moment-of.ts";
import { stateLines } from "../presentation/state-lines.ts";
import { type FoundPage, stateShape } from "../presentation/state-shape.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly at: At; readonly json?: true };

export async function stateAction(cli: Cli, run: string, options: Options): Promise<void> {
  await withApplication(cli, { execute: false }, (application) => showState(cli, application, run, options));
}

async function showState(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const { output } = cli;
  const { run, machine } = await momentOf(cli, application, text, options.at);
  const list = await new PageNames(application.pool).list(run.logId, machine.position);
  const state = stateShape(run, machine, list.length === 0 ? [] : await findPages(application, run, machine.position, list));
  if (options.json === true) await output.json(state);
  else for (const line of stateLines(state, output.width)) await output.line(line);
}

/** Where pages with names are, but for those of processes that have not begun. Tables are restored for these alone. */
async function findPages({ history }: Application, run: Run, position: number, list: readonly NamedPage[]): Promise<FoundPage[]> {
  const machine = await history.stateAt(run.logId, { position });
  const entries = (table: TableId): Promise<TableEntries> =>
    Promise.resolve(new TableEntries(machine, { table, first: 0, end: Number.POSITIVE_INFINITY }));
  const moment = { outline: machine, entries };
  const begun = list.filter(({ vm, process }) => machine.vms[vm - 1]?.processes[process - 1] !== undefined);
  return await Promise.all(begun.map((page) => findPage(moment, page)));
}

async function findPage(moment: Parameters<typeof translate>[0], page: NamedPage): Promise<FoundPage> {
  const { realPage, physicalPage, contentPlace } = await translate(moment, page.vm, page.process, page.virtualPage);
  return { ...page, realPage, physicalPage, contentPlace };
}
