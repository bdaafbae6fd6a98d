import { resolve } from "node:path";
import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { writeWholeFile } from "../output/whole-file.ts";
import { experimentPage, runPage } from "./make-page.ts";
import type { ReportOption } from "./report-option.ts";

export async function writeExperimentReport(
  cli: Cli,
  application: Application,
  experiment: Experiment,
  { report }: ReportOption,
): Promise<void> {
  if (report !== undefined) await write(cli, report, await experimentPage(application, experiment, cli.signal));
}

export async function writeRunReport(cli: Cli, application: Application, run: Run, { report }: ReportOption): Promise<void> {
  if (report !== undefined) await write(cli, report, await runPage(application, run, cli.signal));
}

async function write(cli: Cli, file: string, page: string): Promise<void> {
  await writeWholeFile(resolve(cli.folder, file), [Buffer.from(page)], cli.signal);
  cli.progress.say(`The report is in ${file}.`);
}
