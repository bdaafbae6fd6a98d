import type { Comparison } from "@ballast/server/runs";
import type { Output } from "../output/output.ts";
import { comparisonTable, HOW_TO_READ } from "./comparison-table.ts";
import { wrap } from "../output/wrap.ts";

/** A comparison for people: what was compared, the table, how to read it, and what its reader has to know. */
export function comparisonLines(comparison: Comparison, output: Output): string[] {
  const heading = `Comparison ${comparison.id}: scenario ${comparison.scenarioName}, seed ${comparison.seed}, ${comparison.status}`;
  return [
    output.paint("bold", heading),
    "",
    ...comparisonTable(comparison, output),
    "",
    ...[HOW_TO_READ, ...comparison.notes].flatMap((sentence) => wrap(sentence, output.width)),
  ];
}
