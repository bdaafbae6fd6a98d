import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import { rebuildRuns } from "@ballast/server/runs/execution";
import { allRuns } from "../all-runs.ts";
import type { Cli } from "../cli.ts";
import { findRun } from "../find-run.ts";
import { showCount } from "@ballast/core/quantities";
import { withApplication } from "../with-application.ts";

export type Options = { readonly all?: true; readonly json?: true };

export async function rebuildAction(cli: Cli, text: string | undefined, options: Options): Promise<void> {
  if ((text === undefined) === (options.all === undefined)) {
    throw new BallastError("INPUT_INVALID", "Say which run is to be rebuilt: its id, `latest`, or --all.");
  }
  await withApplication(cli, { execute: false }, (application) => rebuildChosen(cli, application, text, options));
}

async function rebuildChosen(cli: Cli, application: Application, text: string | undefined, { json }: Options): Promise<void> {
  const chosen =
    text === undefined
      ? (await allRuns(application.runs)).filter(({ keeps }) => keeps === "events")
      : [await findRun(application.runs, text)];
  for (const [index, run] of chosen.entries()) {
    cli.signal.throwIfAborted();
    cli.progress.update({ label: "Rebuilding", fraction: index / chosen.length, detail: `run ${run.id}` });
    await rebuildRuns(application.pool, run.logId);
    cli.progress.clear();
    if (json === true) await cli.output.json({ runId: run.id, positions: run.headPosition });
    else await cli.output.line(`Rebuilt run ${run.id} from its ${showCount(run.headPosition)} events`);
  }
}
