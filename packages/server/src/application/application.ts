import type { Configuration } from "../configuration/index.ts";
import type { Pool } from "../database/index.ts";
import type { ExperimentService } from "../experiments/index.ts";
import type { History } from "../history/index.ts";
import type { PolicyRegistry } from "../installed-policies/index.ts";
import type { RunService } from "../runs/index.ts";
import type { DatabasePlace } from "./database-place.ts";
import type { ScenarioLibrary } from "./scenario-library.ts";

/** Everything of one Ballast process, put together: what the API and the command line work with. */
export type Application = {
  readonly configuration: Configuration;
  readonly database: DatabasePlace;
  /** Of this process: the event store, the traces and the read models are functions that take it. */
  readonly pool: Pool;
  /** One per process, because it caches. */
  readonly history: History;
  readonly runs: RunService;
  readonly experiments: ExperimentService;
  readonly policies: PolicyRegistry;
  readonly scenarios: ScenarioLibrary;
  /** Stops everything the start began, in the reverse order. May be called more than once. */
  shutdown(): Promise<void>;
};
