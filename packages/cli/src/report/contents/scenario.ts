import { printScenario } from "@ballast/core/scenario";
import type { Application } from "@ballast/server/application";
import type { Run } from "@ballast/server/runs";
import type { Report } from "../report.ts";

/** The scenario as a run executed it. */
export async function reportedScenario({ runs }: Application, run: Run | undefined, name: string): Promise<Report["scenario"]> {
  if (run === undefined) return { name, description: "All runs of it were deleted.", json: "" };
  const scenario = await runs.getScenario(run.id);
  return { name, description: scenario.description, json: JSON.stringify(JSON.parse(printScenario(scenario)), null, 2) };
}

/** What a command line calls it: the name of one that comes with Ballast, else a file that the reader has to make of the JSON. */
export async function scenarioWord({ scenarios }: Application, name: string): Promise<string> {
  const known = await scenarios.listScenarios();
  return known.some((scenario) => scenario.name === name) ? name : `./${name}.json`;
}
