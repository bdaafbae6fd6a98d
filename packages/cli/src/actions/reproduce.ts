import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { loadBundledPolicies } from "@ballast/server/installed-policies";
import { type Check, CHECKS, type CheckReport, checkShape, reportShape, runChecks, selectChecks, writeFidelity } from "@ballast/fidelity";
import type { Cli } from "../cli.ts";
import { type Column, formatTable } from "../output/table.ts";
import { reportLines } from "../presentation/reproduction-lines.ts";

export type Options = { readonly only?: readonly string[]; readonly list?: true; readonly write?: string; readonly json?: true };

/** Needs no database. */
export async function reproduceAction(cli: Cli, options: Options): Promise<void> {
  const checks = options.only === undefined ? CHECKS : selectChecks(CHECKS, options.only);
  const folder = options.write;
  if (folder !== undefined && (options.only !== undefined || options.list === true)) {
    throw new BallastError("INPUT_INVALID", "--write makes the whole page, so it goes with neither --only nor --list.");
  }
  if (options.list === true) return await listChecks(cli, checks, options.json === true);
  const reports = await runAndTell(cli, checks, options.json === true);
  if (folder !== undefined) await writeFidelity(resolve(cli.folder, folder), reports);
  const failed = reports.filter(({ verdict }) => verdict === "fail");
  if (options.json !== true) await cli.output.line(summaryOf(reports));
  if (failed.length === 0) return;
  const ids = failed.map(({ check }) => check.id).join(", ");
  throw new BallastError("REPRODUCTION_DIFFERS", `${failed.length} of ${reports.length} checks failed: ${ids}.`);
}

async function runAndTell(cli: Cli, checks: readonly Check[], asJson: boolean): Promise<readonly CheckReport[]> {
  const { output, progress, signal } = cli;
  const reports: CheckReport[] = [];
  const onCheck = (check: Check, done: number): void =>
    progress.update({ label: "Reproducing", fraction: done / checks.length, detail: check.id });
  // The checks hold for the policies that come with Ballast, whatever else is installed.
  for await (const report of runChecks(checks, { policies: await loadBundledPolicies(), signal, onCheck })) {
    progress.clear();
    reports.push(report);
    if (asJson) await output.json(reportShape(report));
    else for (const line of reportLines(report, output)) await output.line(line);
  }
  return reports;
}

function summaryOf(reports: readonly CheckReport[]): string {
  const count = (wanted: CheckReport["verdict"]): number => reports.filter(({ verdict }) => verdict === wanted).length;
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const noun = reports.length === 1 ? "check" : "checks";
  return `${reports.length} ${noun}: ${count("pass")} passed, ${count("fail")} failed, ${count("compared")} compared only, ${count("configuration") + count("identity")} that prove nothing; ${seconds.toFixed(0)} s`;
}

const COLUMNS: readonly Column<Check>[] = [
  { title: "check", cell: ({ id }) => id },
  { title: "confidence", cell: ({ confidence }) => confidence },
  { title: "figures", align: "right", cell: ({ figures }) => String(Object.keys(figures).length) },
  { title: "shows", cell: ({ title }) => title },
];

async function listChecks({ output }: Cli, checks: readonly Check[], asJson: boolean): Promise<void> {
  if (asJson) for (const check of checks) await output.json(checkShape(check));
  else for (const line of formatTable(COLUMNS, checks, output.width)) await output.line(line);
}
