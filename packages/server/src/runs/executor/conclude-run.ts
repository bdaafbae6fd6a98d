import type { Pool } from "pg";
import { countWorkerDeath } from "../store/ending.ts";
import { type Claim, releaseRun } from "../store/queue.ts";
import { failRun } from "./fail-run.ts";
import type { ThreadOutcome } from "./run-worker-thread.ts";

/** A run that killed this many workers will kill the next one too. */
const MAX_DEATHS = 3;
/** Postgres was away or full for long: it is given time before the run is taken up again. */
const UNSTORED_DELAY_MS = 5_000;
const DEATH_DELAY_MS = 500;

/**
 * Does what a run needs after its worker has let go of it. @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function concludeRun(pool: Pool, claim: Claim, outcome: ThreadOutcome): Promise<void> {
  switch (outcome.kind) {
    case "finished":
    case "lost":
      return;
    case "released":
    case "parked":
      return await releaseRun(pool, claim);
    case "unstored":
      return await releaseRun(pool, claim, UNSTORED_DELAY_MS);
    case "failed":
      await failRun(pool, claim, outcome.error);
      return;
    case "died": {
      const deaths = await countWorkerDeath(pool, claim);
      if (deaths < MAX_DEATHS) return await releaseRun(pool, claim, DEATH_DELAY_MS);
      const message = `The run ended ${deaths} worker threads without a word, the last one with: ${outcome.message}`;
      await failRun(pool, claim, { code: "INTERNAL", message });
    }
  }
}
