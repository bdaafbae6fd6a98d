import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import type { Command } from "commander";
import { type Application, packageVersion } from "@ballast/server/application";
import { type BackupReport, createBackupFile, writeBackup, writeToStream } from "@ballast/server/backup";
import { gatherRun, STANDARD_STREAM } from "../backup-argument.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { findRun } from "../find-run.ts";
import { listOption } from "../option-rules.ts";
import { showBytes, showCount } from "../output/quantities.ts";
import { withApplication } from "../with-application.ts";

type Options = { readonly run?: readonly string[]; readonly json?: true };

export function addBackupCommand(program: Command, cli: Cli): void {
  const command = program
    .command("backup")
    .description("save runs with all their events, and the traces and comparisons they belong to, in one file")
    .argument("<file>", "file to be made; - writes to standard output")
    .addOption(listOption("--run <run>", "only this run: its id, first letters of it, or `latest`", gatherRun))
    .addOption(jsonOption("one JSON object; not with -"))
    .addOption(quietOption())
    .action(async (file: string, options: Options) => {
      const isStream = file === STANDARD_STREAM;
      if (isStream) refuseOutput(options);
      await withApplication(cli, { execute: false }, (application) => backup(cli, application, file, options));
    });
  addExamples(command, ["backup ballast.backup", "backup one.backup --run latest", "backup - | ssh elsewhere 'cat > ballast.backup'"]);
}

function refuseOutput({ json }: Options): void {
  const problem = json === true ? "--json prints to standard output, too: name a file" : "Standard output is a terminal: name a file, or pipe the backup on";
  if (json === true || process.stdout.isTTY) throw new BallastError("INPUT_INVALID", `${problem}.`);
}

async function backup(cli: Cli, application: Application, file: string, { run: texts, json }: Options): Promise<void> {
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
