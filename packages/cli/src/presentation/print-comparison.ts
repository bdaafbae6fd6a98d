import type { Comparison } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { comparisonLines } from "./comparison-lines.ts";
import { comparisonShape } from "./comparison-shape.ts";

/** A comparison that is over and one that was kept are printed alike. */
export async function printComparison({ output }: Cli, comparison: Comparison, asJson: boolean): Promise<void> {
  if (asJson) await output.json(comparisonShape(comparison));
  else for (const line of comparisonLines(comparison, output)) await output.line(line);
}
