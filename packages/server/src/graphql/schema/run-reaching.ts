import { BallastError } from "@ballast/core/errors";
import type { Run } from "../../runs/index.ts";
import type { RequestContext } from "../../api/request-context.ts";
import { startDeadline } from "../engine/deadline.ts";

/** The run once its head is at a position or beyond. @throws BallastError TIMED_OUT, POSITION_OUT_OF_RANGE. */
export async function runReaching(id: string, position: number, { services, signal }: RequestContext): Promise<Run> {
  const { runs } = services.application;
  const { maxWaitMs } = services.limits;
  const deadline = startDeadline(signal, maxWaitMs);
  try {
    if (position > 0) await runs.watchRun(id).wait(position - 1, deadline.signal);
  } catch (error) {
    if (!deadline.isOver()) throw error;
    const { headPosition } = await runs.getRun(id);
    throw new BallastError(
      "TIMED_OUT",
      `run ${id} has come to position ${headPosition}, not to ${position}, within ${maxWaitMs} ms: ask again`,
    );
  } finally {
    deadline.clear();
  }
  const run = await runs.getRun(id);
  if (run.headPosition >= position) return run;
  throw new BallastError(
    "POSITION_OUT_OF_RANGE",
    `run ${id} is over (${run.status}) at position ${run.headPosition}; it never reaches ${position}`,
  );
}
