import type { Configuration } from "../configuration/index.ts";
import type { Pool } from "../database/index.ts";
import type { RunService } from "../runs/index.ts";

/** Everything of one Ballast process, put together: what the API and the command line work with. */
export type Application = {
  readonly configuration: Configuration;
  readonly pool: Pool;
  readonly runs: RunService;
  /** Stops everything the start began, in the reverse order. May be called more than once. */
  shutdown(): Promise<void>;
};
