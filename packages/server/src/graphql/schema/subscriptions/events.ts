import type { RequestContext } from "../../../api/request-context.ts";
import { codedError } from "../../errors/coded-error.ts";
import { decodeCursor, encodeCursor } from "../../../api/paging/cursor.ts";
import { checkListLimit, MAX_LIST_LIMIT } from "../../../api/paging/list-limit.ts";
import { cancellable } from "../../../api/tail/cancellable.ts";
import { followLog } from "../../../api/tail/follow-log.ts";
import { requireReached } from "../../../api/tail/require-reached.ts";
import { viewSlice } from "../../../api/tail/slice-views.ts";
import { Tail } from "../../tail/tail.ts";
import { builder } from "../builder.ts";
import { EventRef } from "../event.ts";

const TailRef = builder.objectRef<Tail>("EventBatch").implement({
  description: "Some events of a run, in order, right behind those before.",
  fields: (t) => ({
    events: t.field({
      type: [EventRef],
      description: "The events.",
      extensions: { items: 1 },
      resolve: (tail) => tail.viewEvents(),
    }),
    nextCursor: t.string({
      description: "Give it as `after` to continue after this batch, here or on another server.",
      resolve: ({ runId, slice }) => encodeCursor(runId, slice.lastPosition),
    }),
    position: t.field({
      type: "BigInt",
      description: "Position of the last event of the batch.",
      resolve: ({ slice }) => slice.lastPosition,
    }),
  }),
});

builder.subscriptionField("events", (t) =>
  t.field({
    type: TailRef,
    description:
      "Every event of a run after a cursor: first what is stored, then what comes, without gap and without repetition, until the run is final.",
    extensions: { multipliedBy: "batchSize" },
    args: {
      run: t.arg.id({ required: true, description: "The run's id." }),
      after: t.arg.string({ required: false, description: "A cursor of this run; from the first event if not given." }),
      batchSize: t.arg.int({
        required: true,
        defaultValue: 100,
        description: `Most events of one batch, 1 to ${MAX_LIST_LIMIT} (included).`,
      }),
    },
    subscribe: (_root, args, context) => tailOf(args.run, args.after, checkListLimit(args.batchSize), context),
    resolve: (tail) => tail,
  }),
);

async function tailOf(
  id: string,
  cursor: string | null | undefined,
  sliceEvents: number,
  { services, signal, sink }: RequestContext,
): Promise<AsyncIterable<Tail>> {
  const { followers, texts } = services;
  const { runs } = services.application;
  const run = await runs.getRun(id);
  const after = cursor == null ? 0 : decodeCursor(run.id, cursor);
  requireReached(run, after);
  return cancellable(signal, async function* tail(until) {
    const follower = followers.open({ sink, run, after, signal: until });
    try {
      for await (const slice of followLog({ ...services, runs }, follower, sliceEvents)) {
        yield new Tail(run.id, slice, () => viewSlice(texts, slice));
      }
      followers.complete(follower);
    } catch (error) {
      const interruption = followers.interrupt(follower, error);
      if (interruption === undefined) throw error;
      const { code, message, nextCursor, position } = interruption;
      throw codedError(code, message, { cursor: nextCursor, position: String(position) });
    } finally {
      followers.leave(follower);
    }
  });
}
