import { resolve } from "node:path";
import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { writeWholeFile } from "../output/whole-file.ts";
import type { Report } from "./report.ts";
import type { ReportOption } from "./report-option.ts";

export async function writeExperimentReport(
  cli: Cli,
  application: Application,
  experiment: Experiment,
  { report }: ReportOption,
): Promise<void> {
  if (report === undefined) return;
  const { experimentReport } = await import("./contents/experiment-report.ts");
  await write(cli, report, await experimentReport(application, experiment, cli.signal));
}

export async function writeRunReport(cli: Cli, application: Application, run: Run, { report }: ReportOption): Promise<void> {
  if (report === undefined) return;
  const { runReport } = await import("./contents/run-report.ts");
  await write(cli, report, await runReport(application, run, cli.signal));
}

async function write(cli: Cli, file: string, report: Report): Promise<void> {
  const { reportPage } = await import("./page.ts");
  await writeWholeFile(resolve(cli.folder, file), [Buffer.from(reportPage(report))], cli.signal);
  cli.progress.say(`The report is in ${file}.`);
}
