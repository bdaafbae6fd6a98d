import type { Experiment } from "@ballast/server/experiments";
import { analyseExperiment } from "@ballast/server/experiment-analysis";
import type { Cli } from "../cli.ts";
import { analysisShape } from "./analysis-shape.ts";
import { experimentLines } from "./experiment-lines.ts";
import { experimentShape } from "./experiment-shape.ts";

/** An experiment that is over and one that was kept are printed alike. */
export async function printExperiment({ output }: Cli, experiment: Experiment, asJson: boolean): Promise<void> {
  if (asJson) await output.json({ ...experimentShape(experiment), analysis: analysisShape(analyseExperiment(experiment)) });
  else for (const line of experimentLines(experiment, output)) await output.line(line);
}
