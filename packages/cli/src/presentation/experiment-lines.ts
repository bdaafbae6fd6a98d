import type { Experiment } from "@ballast/server/experiment";
import type { Output } from "../output/output.ts";
import { wrap } from "../output/wrap.ts";
import { experimentTable, HOW_TO_READ } from "./experiment-table.ts";
import { KIND_NAMES, seedsText } from "./experiment-list.ts";

/** An experiment for people: what was compared, the table, how to read it, and what its reader has to know. */
export function experimentLines(experiment: Experiment, output: Output): string[] {
  const { kind, id, scenarioName, seeds, status } = experiment;
  const heading = `${KIND_NAMES[kind]} ${id}: scenario ${scenarioName}, ${seedsText(seeds)}, ${status}`;
  return [
    output.paint("bold", heading),
    "",
    ...experimentTable(experiment, output),
    "",
    ...[HOW_TO_READ, ...experiment.notes].flatMap((sentence) => wrap(sentence, output.width)),
  ];
}
