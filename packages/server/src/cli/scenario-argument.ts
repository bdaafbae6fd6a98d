import { resolve } from "node:path";
import type { Scenario } from "@ballast/core/scenario";
import { type Application, readScenarioFile } from "../application/index.ts";

/** The help of every argument that `findScenario` reads. */
export const SCENARIO_ARGUMENT = "name of a scenario (see `ballast scenarios`), or a file with / or .json in it";

/** @throws BallastError SCENARIO_NOT_FOUND, SCENARIO_INVALID. */
export async function findScenario({ scenarios }: Application, folder: string, text: string): Promise<Scenario> {
  const isFile = text.includes("/") || text.endsWith(".json");
  return isFile ? await readScenarioFile(resolve(folder, text)) : await scenarios.getScenario(text);
}
