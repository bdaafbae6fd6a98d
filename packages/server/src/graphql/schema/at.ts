import { BallastError } from "@ballast/core/errors";
import { isFinal, type Run } from "../../runs/index.ts";
import type { RequestContext } from "../../api/request-context.ts";
import type { Moment } from "../../api/moment/moment.ts";
import { MomentTables } from "../../api/moment/moment-tables.ts";
import type { Services } from "../../api/services.ts";
import { builder } from "./builder.ts";

export const AtInput = builder.inputType("At", {
  description: "A moment of a run, inclusive: the state after that event, or after all events up to that time.",
  isOneOf: true,
  fields: (t) => ({
    position: t.field({ type: "BigInt", description: "After the event at this position; 0: before the first." }),
    timeNs: t.field({
      type: "BigInt",
      description: "After all events up to this simulated time, in ns since the run began.",
    }),
    latest: t.boolean({ description: "After the last event there is. Always true: leave it out for another moment." }),
  }),
});

export type At = {
  readonly position?: number | null;
  readonly timeNs?: number | null;
  readonly latest?: boolean | null;
};

/** The position that a moment means; tells the request whether the same question can have another answer later. */
export async function positionOf(run: Run, at: At | null | undefined, { services, immutable }: RequestContext): Promise<number> {
  if (at?.position != null) return await positionWithin(run, { position: at.position }, services);
  if (at?.timeNs != null) {
    // At the head's own time more events may still come.
    if (!isFinal(run.status) && at.timeNs >= run.headTimeNs) immutable?.refuse();
    return await positionWithin(run, { timeNs: at.timeNs }, services);
  }
  if (at?.latest === false)
    throw new BallastError("INPUT_INVALID", "`latest` may only be true: give `position` or `timeNs` for another moment");
  immutable?.refuse();
  return run.headPosition;
}

/** The history knows runs by their numbers in the log; here they are known by their ids. */
async function positionWithin(run: Run, at: { position: number } | { timeNs: number }, { application }: Services): Promise<number> {
  try {
    return await application.history.positionAt(run.logId, at);
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "POSITION_OUT_OF_RANGE") throw error;
    const { id, headPosition, headTimeNs } = await application.runs.getRun(run.id);
    const [what, range] =
      "position" in at ? [`position ${at.position}`, `0 to ${headPosition}`] : [`time ${at.timeNs} ns`, `0 to ${headTimeNs} ns`];
    throw new BallastError("POSITION_OUT_OF_RANGE", `run ${id} has no ${what}: its history goes from ${range}`, {
      cause: error,
    });
  }
}

/** @throws BallastError POSITION_OUT_OF_RANGE. */
export async function momentAt(run: Run, at: At | null | undefined, context: RequestContext): Promise<Moment> {
  const position = await positionOf(run, at, context);
  const outline = await context.services.application.history.outlineAt(run.logId, { position });
  const { history } = context.services.application;
  const tables = new MomentTables({ history, states: context.states, run: run.logId, position }, outline);
  return {
    run,
    position,
    timeNs: outline.timeNs,
    outline,
    entries: (table, first, end, only) => tables.entries(table, first, end, only),
    tables: () => tables.whole(),
  };
}
