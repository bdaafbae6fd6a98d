import { resolve } from "node:path";
import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { writeWholeFile } from "../output/whole-file.ts";
import type { ReportOption } from "./report-option.ts";
import { ReportPages } from "./report-pages.ts";

export async function writeExperimentReport(
  cli: Cli,
  application: Application,
  experiment: Experiment,
  { report }: ReportOption,
): Promise<void> {
  if (report !== undefined) await write(cli, report, application, (pages) => pages.experiment(experiment, cli.signal));
}

export async function writeRunReport(cli: Cli, application: Application, run: Run, { report }: ReportOption): Promise<void> {
  if (report !== undefined) await write(cli, report, application, (pages) => pages.run(run, cli.signal));
}

async function write(cli: Cli, file: string, application: Application, make: (pages: ReportPages) => Promise<string>): Promise<void> {
  const pages = new ReportPages(application);
  try {
    await writeWholeFile(resolve(cli.folder, file), [Buffer.from(await make(pages))], cli.signal);
  } finally {
    await pages.close();
  }
  cli.progress.say(`The report is in ${file}.`);
}
