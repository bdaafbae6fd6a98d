import { resolve } from "node:path";
import { listTraces, type Scenario } from "@ballast/core/scenario";
import { type Application, ensureBuiltInTraces, readScenarioFile } from "@ballast/server/application";
import type { Cli } from "./cli.ts";
import { isScenarioFile } from "./scenario-argument.ts";

/**
 * The scenario of a name or file, with the recordings that it may read.
 * @throws BallastError SCENARIO_NOT_FOUND, SCENARIO_INVALID.
 */
export async function findScenario(cli: Cli, { scenarios, pool }: Application, text: string): Promise<Scenario> {
  const scenario = isScenarioFile(text) ? await readScenarioFile(resolve(cli.folder, text)) : await scenarios.getScenario(text);
  const names = listTraces(scenario);
  if (names.length > 0) {
    await ensureBuiltInTraces(pool, { names, onProgress: (message) => cli.progress.hint(message), signal: cli.signal });
  }
  return scenario;
}
