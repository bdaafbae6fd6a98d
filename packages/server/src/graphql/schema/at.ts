import { BallastError } from "@ballast/core/errors";
import { isFinal, type Run } from "../../runs/index.ts";
import type { GraphqlContext } from "../context.ts";
import type { Moment } from "../moment/moment.ts";
import { builder } from "./builder.ts";

export const AtInput = builder.inputType("At", {
  description: "A moment of a run, inclusive: the state after that event, or after all events up to that time.",
  isOneOf: true,
  fields: (t) => ({
    position: t.field({ type: "BigInt", description: "After the event at this position; 0: before the first." }),
    timeNs: t.field({ type: "BigInt", description: "After all events up to this simulated time, in ns since the run began." }),
    latest: t.boolean({ description: "After the last event there is. Always true: leave it out for another moment." }),
  }),
});

export type At = { readonly position?: number | null; readonly timeNs?: number | null; readonly latest?: boolean | null };

/** The position that a moment means; tells the request whether the same question can have another answer later. */
export async function positionOf(run: Run, at: At | null | undefined, { services, lasting }: GraphqlContext): Promise<number> {
  const { history } = services.application;
  if (at?.position != null) return await history.positionAt(run.logId, { position: at.position });
  if (at?.timeNs != null) {
    // At the head's own time more events may still come.
    if (!isFinal(run.status) && at.timeNs >= run.headTimeNs) lasting?.refuse();
    return await history.positionAt(run.logId, { timeNs: at.timeNs });
  }
  if (at?.latest === false) throw new BallastError("INPUT_INVALID", "`latest` may only be true: give `position` or `timeNs` for another moment");
  lasting?.refuse();
  return run.headPosition;
}

/** @throws BallastError POSITION_OUT_OF_RANGE. */
export async function momentAt(run: Run, at: At | null | undefined, context: GraphqlContext): Promise<Moment> {
  const position = await positionOf(run, at, context);
  const machine = await context.services.application.history.stateAt(run.logId, { position });
  return { run, position, timeNs: machine.timeNs, machine };
}
