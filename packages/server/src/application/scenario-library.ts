import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BallastError, problemsError } from "@ballast/core/errors";
import { findRepeatedKeys, parseScenario, type Scenario } from "@ballast/core/scenario";

/** The scenarios of the repository. A published package comes without them. */
export const SCENARIOS_FOLDER = fileURLToPath(new URL("../../../../scenarios/", import.meta.url));

/** The scenarios that are known by name: one JSON file each, called as the scenario is. */
export type ScenarioLibrary = {
  /** By ascending name. @throws BallastError SCENARIO_INVALID that names the file. */
  readonly listScenarios: () => Promise<readonly Scenario[]>;
  /** @throws BallastError SCENARIO_NOT_FOUND with the names that there are; SCENARIO_INVALID. */
  readonly getScenario: (name: string) => Promise<Scenario>;
};

/** Files are read when they are asked for, so that a changed one needs no new start. */
export function openScenarioLibrary(folder: string = SCENARIOS_FOLDER): ScenarioLibrary {
  return {
    listScenarios: async () => Promise.all((await namesIn(folder)).map((name) => readScenarioFile(fileOf(folder, name)))),
    getScenario: async (name) => {
      const names = await namesIn(folder);
      if (names.includes(name)) return await readScenarioFile(fileOf(folder, name));
      const known = names.length === 0 ? "none" : names.join(", ");
      throw new BallastError("SCENARIO_NOT_FOUND", `There is no scenario ${JSON.stringify(name)}; there are: ${known}.`);
    },
  };
}

/** @throws BallastError SCENARIO_NOT_FOUND for a missing file; SCENARIO_INVALID with every problem and its path. */
export async function readScenarioFile(file: string): Promise<Scenario> {
  const json = parseJson(file, await readText(file));
  try {
    return parseScenario(json);
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    throw new BallastError(error.code, `${file}: ${error.message}`, { problems: error.problems, cause: error });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const isScenario = (file: string): boolean => file.endsWith(".json") && !file.endsWith(".schema.json");
  try {
    return (await readdir(folder))
      .filter(isScenario)
      .map((file) => file.slice(0, -".json".length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new BallastError("SCENARIO_NOT_FOUND", `The scenario ${file} cannot be read: ${why}.`, { cause });
  }
}

function parseJson(file: string, text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BallastError("SCENARIO_INVALID", `${file} is not JSON: ${(cause as Error).message}.`, { cause });
  }
  const problems = findRepeatedKeys(text);
  if (problems.length > 0) throw problemsError("SCENARIO_INVALID", `${file}: The scenario cannot be used`, problems);
  return json;
}
