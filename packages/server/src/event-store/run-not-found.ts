import { BallastError } from "@ballast/core/errors";

export function runNotFound(run: number): BallastError {
  return new BallastError("RUN_NOT_FOUND", `There is no run ${run}. It may have been deleted; list the runs to see which exist.`);
}
