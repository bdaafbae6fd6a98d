import { BallastError } from "@ballast/core/errors";
import type { Experiment } from "@ballast/server/experiment";
import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { printExperiment } from "../presentation/print-experiment.ts";
import { STANDARD_STREAM } from "../standard-stream.ts";
import { addExportOptions, type ExportOptions, type ExportTarget, exportTargets } from "./export-options.ts";

/** How the commands that have an experiment put it out. */
export type ExperimentOptions = ExportOptions & { readonly long?: true | undefined; readonly json?: true | undefined };

export function addExperimentOptions(command: Command): Command {
  return addExportOptions(command, "a row for each variant and seed of an experiment, a column for each metric,").option(
    "--long",
    "with --csv and --parquet: a row for each variant, seed and metric instead",
  );
}

/** The part of a command's options that is about output. */
export function experimentOptionsOf({ csv, parquet, long, json }: ExperimentOptions): ExperimentOptions {
  return { csv, parquet, long, json };
}

/** What is wrong with them is said before anything is executed. @throws BallastError INPUT_INVALID. */
export function checkExperimentOptions(options: ExperimentOptions): void {
  if (exportTargets(options).every(isJson) && options.long === true) {
    throw new BallastError("INPUT_INVALID", "--long is of the rows that --csv and --parquet write: give one of them.");
  }
}

/** Writes the files that were asked for, and prints the experiment unless one of them is standard output. */
export async function putOutExperiment(cli: Cli, experiment: Experiment, options: ExperimentOptions): Promise<void> {
  const targets = exportTargets(options);
  const files = targets.filter((target) => !isJson(target));
  if (!files.some(({ file }) => file === STANDARD_STREAM)) await printExperiment(cli, experiment, options.json === true);
  if (files.length === 0) return;
  const [{ experimentMetricTable, experimentTable }, { exportTable }] = await Promise.all([
    import("@ballast/server/exports"),
    import("./export-table.ts"),
  ]);
  await exportTable(cli, files, () => (options.long === true ? experimentMetricTable : experimentTable)(experiment));
}

function isJson({ format }: ExportTarget): boolean {
  return format === "json";
}
