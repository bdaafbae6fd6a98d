import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { findRunToDelete, RUN_ARGUMENT } from "../find-run.ts";
import { EXPERIMENT_ARGUMENT } from "../presentation/experiment-list.ts";
import { withApplication } from "../with-application.ts";

type Report = { readonly shape: Record<string, unknown>; readonly line: string };

export function addDeleteCommand(program: Command, cli: Cli): void {
  const command = program.command("delete").description("delete a trace, a run or an experiment that is kept");
  const act = (asJson: boolean | undefined, work: (application: Application) => Promise<Report>): Promise<void> =>
    withApplication(cli, { execute: false }, async (application) => {
      const { shape, line } = await work(application);
      if (asJson === true) await cli.output.json(shape);
      else await cli.output.line(line);
      // What is interrupted here, or is being removed by a server, a server removes.
      const { removeDeletedRuns } = await import("@ballast/server/event-store");
      await removeDeletedRuns(application.pool, cli.signal);
    });
  const json = jsonOption("what was deleted, as one JSON object");
  const trace = command
    .command("trace")
    .description("a recorded workload, so that its name is free again; refused while runs replay it")
    .argument("<name>", "name of a trace (see `ballast traces`)")
    .option("--force", "also if runs replay it: they can be read, but not verified or resumed any more")
    .addOption(json)
    .action((name: string, options: { json?: true; force?: true }) =>
      act(options.json, (application) => removeTrace(application, name, options.force === true)),
    );
  const run = command
    .command("run")
    .description("a run, its events and everything derived from them; one that is not over is stopped first")
    .argument("<run>", RUN_ARGUMENT)
    .addOption(json)
    .action((text: string, options: { json?: true }) => act(options.json, (application) => removeRun(application, text)));
  const experiment = command
    .command("experiment")
    .alias("comparison")
    .description("an experiment; its runs are kept, as runs of no experiment")
    .argument("<experiment>", EXPERIMENT_ARGUMENT)
    .option("--with-runs", "its runs, too")
    .addOption(json)
    .action((text: string, options: { json?: true; withRuns?: true }) =>
      act(options.json, (application) => removeExperiment(application, text, options.withRuns === true)),
    );
  addExamples(command, ["delete trace ls", "delete run 01990f3c", "delete experiment latest --with-runs"]);
  addExamples(trace, ["delete trace ls", "delete trace ls --force"]);
  addExamples(run, ["delete run latest", "delete run 01990f3c --json"]);
  addExamples(experiment, ["delete experiment latest", "delete experiment 01990f3c --with-runs"]);
}

async function removeTrace({ pool }: Application, name: string, force: boolean): Promise<Report> {
  const { deleteTrace } = await import("@ballast/server/traces");
  const runs = await deleteTrace(pool, name, { force });
  const users = runs.length === 0 ? "" : `; these runs replayed it and cannot be verified or resumed: ${runs.join(", ")}`;
  return { shape: { trace: name, neededByRuns: runs }, line: `Deleted the trace ${name}${users}` };
}

async function removeRun({ runs }: Application, text: string): Promise<Report> {
  const { id, run } = await findRunToDelete(runs, text);
  await runs.deleteRun(id);
  const experimentId = run?.experimentId ?? null;
  const use = experimentId === null ? "" : `; experiment ${experimentId} is kept, without the metrics of its ${run?.policyName}`;
  return { shape: { run: id, experimentId }, line: `Deleted run ${id}${use}` };
}

async function removeExperiment({ experiments }: Application, text: string, withRuns: boolean): Promise<Report> {
  const id = await experiments.findExperimentId(text);
  const deletedRuns = await experiments.deleteExperiment(id, { withRuns });
  const count = `${deletedRuns.length} ${deletedRuns.length === 1 ? "run" : "runs"}`;
  const rest = withRuns ? ` and its ${count}` : "; its runs are kept";
  return { shape: { experiment: id, runs: deletedRuns }, line: `Deleted experiment ${id}${rest}` };
}
