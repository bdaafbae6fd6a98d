export type { Application } from "./application.ts";
export { ensureBuiltInTraces } from "./built-in-traces.ts";
export { type DatabasePlace, findDatabase } from "./database-place.ts";
export { openScenarioLibrary, readScenarioFile, type ScenarioLibrary } from "./scenario-library.ts";
export { startApplication, type StartOptions } from "./start-application.ts";
export { packageVersion } from "./package-version.ts";
