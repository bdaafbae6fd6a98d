import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import { checkBackup, describeExisting, restoreBackup, type RestoreProgress, type RestoreReport } from "@ballast/server/backup";
import { chooseRuns } from "../backup-argument.ts";
import { openBackup } from "../open-backup.ts";
import type { Cli } from "../cli.ts";
import { showBytes, showCount } from "@ballast/core/quantities";
import { withApplication } from "../with-application.ts";

export type Options = { readonly run?: readonly string[]; readonly skipExisting?: true; readonly check?: true; readonly json?: true };

export async function restoreAction(cli: Cli, file: string, options: Options): Promise<void> {
  if (options.check === true) await check(cli, file, options);
  else await withApplication(cli, { execute: false }, (application) => restoreRuns(cli, application, file, options));
}

async function restoreRuns(cli: Cli, { pool }: Application, argument: string, { run, skipExisting, json }: Options): Promise<void> {
  const report = await restoreBackup({
    pool,
    ...openBackup(cli, argument),
    skipExisting: skipExisting === true,
    ...(run === undefined ? {} : { chooseRuns: (ids) => chooseRuns(ids, run) }),
    signal: cli.signal,
    onProgress: showProgress(cli, argument),
  });
  cli.progress.clear();
  if (json === true) await cli.output.json(report);
  else for (const line of describe(report)) await cli.output.line(line);
}

function describe({ runs, comparisons, traces, unfinishedRuns, existing, renamedTraces, createdAt }: RestoreReport): string[] {
  const counts = `${showCount(runs)} runs, ${showCount(comparisons)} comparisons and ${showCount(traces)} traces`;
  return [
    `Restored ${counts}, as they were at ${createdAt}`,
    ...(unfinishedRuns === 0 ? [] : [`${showCount(unfinishedRuns)} of the runs are not over: \`ballast serve\` continues them`]),
    ...renamedTraces.map(({ name, newName }) => `The trace ${name} is ${newName} here: that name has other content`),
    ...existing.map((run) => `Left as it is: run ${describeExisting(run)}`),
  ];
}

async function check(cli: Cli, argument: string, { run, skipExisting, json }: Options): Promise<void> {
  if (run !== undefined || skipExisting === true) {
    throw new BallastError(
      "INPUT_INVALID",
      "--check reads the whole file and restores nothing: it goes with neither --run nor --skip-existing.",
    );
  }
  const { file, bytes } = openBackup(cli, argument);
  const checked = await checkBackup(file, bytes, showProgress(cli, argument));
  cli.progress.clear();
  const { runs, comparisons, traces, createdAt, ballast, postgres } = checked;
  if (json === true) {
    await cli.output.json({ file, createdAt, ballast, postgres, bytes: checked.bytes, runs, comparisons, traces, rows: checked.rows });
    return;
  }
  await cli.output.line(
    `Whole: ${showCount(runs)} runs, ${showCount(comparisons)} comparisons and ${showCount(traces)} traces in ${showBytes(checked.bytes)}`,
  );
  await cli.output.line(`saved at ${createdAt} by Ballast ${ballast} from Postgres ${postgres}`);
}

function showProgress(cli: Cli, argument: string): (progress: RestoreProgress) => void {
  return ({ what, fraction }) => cli.progress.update({ label: `Restoring ${argument}`, fraction, detail: what });
}
