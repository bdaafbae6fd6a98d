import { BallastError } from "@ballast/core/errors";
import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import { rebuildProjections } from "@ballast/server/projections";
import { allRuns } from "../all-runs.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { findRun, RUN_ARGUMENT } from "../find-run.ts";
import { showCount } from "../output/quantities.ts";
import { withApplication } from "../with-application.ts";

type Options = { readonly all?: true; readonly json?: true };

export function addRebuildCommand(program: Command, cli: Cli): void {
  const command = program
    .command("rebuild")
    .description("drop what was computed from a run's events (time series, summaries, keyframes), and make it again")
    .argument("[run]", RUN_ARGUMENT)
    .option("--all", "every run")
    .addOption(jsonOption("one JSON object per line and run"))
    .addOption(quietOption())
    .action(async (text: string | undefined, options: Options) => {
      if ((text === undefined) === (options.all === undefined)) {
        throw new BallastError("INPUT_INVALID", "Say which run is to be rebuilt: its id, `latest`, or --all.");
      }
      await withApplication(cli, { execute: false }, (application) => rebuild(cli, application, text, options));
    });
  addExamples(command, ["rebuild latest", "rebuild --all"]);
}

async function rebuild(cli: Cli, application: Application, text: string | undefined, { json }: Options): Promise<void> {
  const chosen = text === undefined ? await allRuns(application.runs) : [await findRun(application.runs, text)];
  for (const [index, run] of chosen.entries()) {
    cli.signal.throwIfAborted();
    cli.progress.update({ label: "Rebuilding", fraction: index / chosen.length, detail: `run ${run.id}` });
    await rebuildProjections(application.pool, run.logId);
    cli.progress.clear();
    if (json === true) await cli.output.json({ runId: run.id, positions: run.headPosition });
    else await cli.output.line(`Rebuilt run ${run.id} from its ${showCount(run.headPosition)} events`);
  }
}
