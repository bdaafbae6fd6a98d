import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { type Application, packageVersion } from "@ballast/server/application";
import { type BackupReport, createBackupFile, writeBackup, writeToStream } from "@ballast/server/backup";
import { STANDARD_STREAM } from "../standard-stream.ts";
import type { Cli } from "../cli.ts";
import { findRun } from "../find-run.ts";
import { showBytes, showCount } from "@ballast/core/quantities";
import { withApplication } from "../with-application.ts";

export type Options = { readonly run?: readonly string[]; readonly json?: true };

export async function backupAction(cli: Cli, file: string, options: Options): Promise<void> {
  if (file === STANDARD_STREAM) refuseOutput(options);
  await withApplication(cli, { execute: false }, (application) => saveRuns(cli, application, file, options));
}

function refuseOutput({ json }: Options): void {
  const problem =
    json === true
      ? "--json prints to standard output, too: name a file"
      : "Standard output is a terminal: name a file, or pipe the backup on";
  if (json === true || process.stdout.isTTY) throw new BallastError("INPUT_INVALID", `${problem}.`);
}

async function saveRuns(cli: Cli, application: Application, file: string, { run: texts, json }: Options): Promise<void> {
  const runs = texts === undefined ? "all" : await Promise.all(texts.map(async (text) => (await findRun(application.runs, text)).logId));
  const report = await (file === STANDARD_STREAM ? saveToOutput : saveToFile)(cli, file, (write) =>
    writeBackup({
      pool: application.pool,
      runs,
      ballast: packageVersion(),
      write,
      signal: cli.signal,
      onProgress: ({ table, fraction }) => cli.progress.update({ label: `Saving ${file}`, fraction, detail: table }),
    }),
  );
  cli.progress.clear();
  if (file === STANDARD_STREAM) cli.progress.say(describe(file, report));
  else if (json === true) await cli.output.json({ file, ...report });
  else await cli.output.line(describe(file, report));
}

type Save = (write: (bytes: Uint8Array) => Promise<void>) => Promise<BackupReport>;

async function saveToFile(cli: Cli, file: string, save: Save): Promise<BackupReport> {
  const created = await createBackupFile(resolve(cli.folder, file));
  try {
    const report = await save((bytes) => created.write(bytes));
    await created.finish();
    return report;
  } catch (error) {
    await created.giveUp();
    throw error;
  }
}

async function saveToOutput(_cli: Cli, _file: string, save: Save): Promise<BackupReport> {
  return await save((bytes) => writeToStream(process.stdout, "standard output", bytes));
}

function describe(file: string, { runs, comparisons, traces, bytes }: BackupReport): string {
  const kept = `${showCount(runs)} runs, ${showCount(comparisons)} comparisons and ${showCount(traces)} traces`;
  return `Saved ${kept} in ${file === STANDARD_STREAM ? "standard output" : file} (${showBytes(bytes)})`;
}
