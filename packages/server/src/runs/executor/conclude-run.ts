import type { ErrorCode } from "@ballast/core/errors";
import type { Pool } from "pg";
import type { RunQueue } from "../queue/run-queue.ts";
import type { RunError } from "../run.ts";
import type { Claim } from "../store/claim.ts";
import { failForNow, releaseRun, retryRunLater } from "../store/give-back.ts";
import { failRun } from "./fail-run.ts";
import type { ThreadOutcome } from "./run-worker-thread.ts";

/** Postgres was away or full for long: it is given time before the run is taken up again. */
const UNSTORED_DELAY_MS = 5_000;
/** What is missing here, and may be there tomorrow: the history stays as it is, so that the run can be continued. */
const OF_THE_ENVIRONMENT: ReadonlySet<ErrorCode> = new Set(["POLICY_NOT_FOUND", "POLICY_PACKAGE_INVALID", "TRACE_NOT_FOUND"]);

/**
 * Does what a run needs after its worker has let go of it. @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function concludeRun(pool: Pool, queue: RunQueue, claim: Claim, outcome: ThreadOutcome): Promise<void> {
  switch (outcome.kind) {
    case "lost":
      return;
    case "finished":
      return await queue.remove(pool, claim.job);
    case "released":
    case "parked":
      return await releaseRun(pool, queue, claim);
    case "unstored":
      return await releaseRun(pool, queue, claim, UNSTORED_DELAY_MS);
    case "failed":
      return await concludeFailure(pool, queue, claim, outcome.error);
    case "died": {
      const message = `The run ended ${claim.failures + 1} worker threads without a word, the last one with: ${outcome.message}`;
      return await retryRunLater(pool, queue, claim, { code: "INTERNAL", message });
    }
  }
}

async function concludeFailure(pool: Pool, queue: RunQueue, claim: Claim, error: RunError): Promise<void> {
  if (OF_THE_ENVIRONMENT.has(error.code)) return await failForNow(pool, queue, claim, error);
  if (await failRun(pool, claim, error)) await queue.remove(pool, claim.job);
}
