import { seedsText } from "@ballast/statistics/words";
import type { Experiment } from "@ballast/server/experiment";
import { analyseExperiment } from "@ballast/server/experiment-analysis";
import type { Output } from "../output/output.ts";
import { wrap } from "../output/wrap.ts";
import { experimentTable } from "./experiment-table.ts";
import { KIND_NAMES } from "./experiment-list.ts";
import { howToRead } from "./how-to-read.ts";
import { verdictLines } from "./verdict-lines.ts";

/** An experiment for people: what it shows, the table, the verdicts, how to read them, and what their reader has to know. */
export function experimentLines(experiment: Experiment, output: Output): string[] {
  const { kind, id, scenarioName, seeds, status } = experiment;
  const analysis = analyseExperiment(experiment);
  const isOneSeed = seeds.length === 1;
  const sentences = [howToRead(analysis, isOneSeed), ...experiment.notes];
  const bold = (line: string): string => output.paint("bold", line);
  return [
    ...wrap(`${KIND_NAMES[kind]} ${id}: scenario ${scenarioName}, ${seedsText(seeds)}, ${status}`, output.width).map(bold),
    "",
    ...wrap(analysis.conclusion, output.width).map(bold),
    "",
    ...experimentTable(experiment, analysis, output),
    "",
    ...(isOneSeed ? [] : [...verdictLines(analysis, output), ""]),
    ...sentences.flatMap((sentence) => wrap(sentence, output.width)),
  ];
}
