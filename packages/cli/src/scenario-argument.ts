/** The help of every argument that `findScenario` reads. */
export const SCENARIO_ARGUMENT = "name of a scenario (see `ballast scenarios`), or a file with / or .json in it";

export function isScenarioFile(text: string): boolean {
  return text.includes("/") || text.endsWith(".json");
}
