import { BallastError } from "@ballast/core/errors";
import type { Run } from "@ballast/server/runs";

/** A command whose run did not come to its end has failed, so that scripts see it by the exit code. */
export function requireCompleted(run: Run): void {
  if (run.status === "failed") {
    const reason = run.error === null ? "" : `: ${run.error.message} [${run.error.code}]`;
    throw new BallastError("RUN_FAILED", `Run ${run.id} (policy ${run.policyName}) has failed${reason}`);
  }
  if (run.status === "stopped") {
    throw new BallastError("RUN_STATE", `Run ${run.id} (policy ${run.policyName}) was stopped by somebody else.`);
  }
}
