import { BallastError } from "@ballast/core/errors";
import type { Run } from "../../runs/index.ts";

/** @throws BallastError POSITION_OUT_OF_RANGE for a reader that says it has read further than the run has come. */
export function requireReached(run: Run, after: number): void {
  if (after <= run.headPosition) return;
  throw new BallastError(
    "POSITION_OUT_OF_RANGE",
    `run ${run.id} has events 1 to ${run.headPosition}; there is nothing after position ${after} yet`,
  );
}
