import { setTimeout as sleep } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import type { RunEvent } from "../../../api/events/run-event.ts";
import { isFinal, type Run } from "../../../runs/index.ts";
import type { RequestContext } from "../../../api/request-context.ts";
import { findEvents } from "../../../api/events/find-events.ts";
import type { Moment } from "../../../api/moment/moment.ts";
import { checkListLimit, MAX_LIST_LIMIT } from "../../../api/paging/list-limit.ts";
import { cancellable } from "../../../api/tail/cancellable.ts";
import { AtInput, momentAt, positionOf } from "../at.ts";
import { builder } from "../builder.ts";
import { EventRef } from "../event.ts";
import { MomentRef } from "../moment.ts";

/** Real time between two frames: about as many as an eye follows in a table of numbers. */
const FRAME_MS = 100;

type PlaybackFrame = {
  readonly run: Run;
  readonly position: number;
  readonly timeNs: number;
  readonly events: readonly RunEvent[];
  readonly skippedEvents: number;
};

const PlaybackRef = builder.objectRef<PlaybackFrame>("PlaybackFrame").implement({
  description: "What happened between two pictures of a playback.",
  fields: (t) => ({
    position: t.field({
      type: "BigInt",
      description: "Position of the last event up to now.",
      resolve: ({ position }) => position,
    }),
    timeNs: t.field({
      type: "BigInt",
      description: "Simulated time that the playback has reached, in ns.",
      resolve: ({ timeNs }) => timeNs,
    }),
    events: t.field({
      type: [EventRef],
      description: "The first events since the picture before.",
      extensions: { items: 1 },
      resolve: ({ events }) => events,
    }),
    skippedEvents: t.field({
      type: "BigInt",
      description: "Further events since then that are not listed.",
      resolve: ({ skippedEvents }) => skippedEvents,
    }),
    moment: t.field({
      type: MomentRef,
      description: "The whole state now.",
      extensions: { cost: 200 },
      resolve: ({ run, position }, _args, context): Promise<Moment> => momentAt(run, { position }, context),
    }),
  }),
});

builder.subscriptionField("playback", (t) =>
  t.field({
    type: PlaybackRef,
    description: "Plays a run's past at a speed, in about ten pictures a second, up to its end (its head, if it is not final).",
    extensions: { multipliedBy: "maxEvents" },
    args: {
      run: t.arg.id({ required: true, description: "The run's id." }),
      from: t.arg({
        type: AtInput,
        required: false,
        description: "Where to begin; before the first event if not given.",
      }),
      speed: t.arg.float({
        required: true,
        defaultValue: 1,
        description: "Simulated seconds per real second, above 0.",
      }),
      maxEvents: t.arg.int({
        required: true,
        defaultValue: 20,
        description: `Most events listed per picture, 1 to ${MAX_LIST_LIMIT} (included).`,
      }),
    },
    subscribe: async (_root, { run: id, from, speed, maxEvents }, context) => {
      if (!(speed > 0)) throw new BallastError("INPUT_INVALID", `a playback's speed is above 0, not ${speed}`);
      const run = await context.services.application.runs.getRun(id);
      const position = await positionOf(run, from ?? { position: 0 }, context);
      const options = { speed, maxEvents: checkListLimit(maxEvents), position };
      return cancellable(context.signal, (signal) => play(run.id, options, { ...context, signal }));
    },
    resolve: (frame) => frame,
  }),
);

type PlayOptions = { readonly speed: number; readonly maxEvents: number; readonly position: number };

async function* play(
  id: string,
  { speed, maxEvents, position }: PlayOptions,
  context: RequestContext,
): AsyncGenerator<PlaybackFrame, void, void> {
  const { application, texts } = context.services;
  let run = await application.runs.getRun(id);
  const beginNs = (await momentAt(run, { position }, context)).timeNs;
  const begunMs = performance.now();
  let at = position;
  for (;;) {
    const playedNs = Math.floor(beginNs + (performance.now() - begunMs) * 1e6 * speed);
    if (!isFinal(run.status)) run = await application.runs.getRun(id);
    const timeNs = Math.min(playedNs, run.headTimeNs);
    const now = timeNs === run.headTimeNs ? run.headPosition : await application.history.positionAt(run.logId, { timeNs });
    const source = { pool: application.pool, texts, signal: context.signal };
    const events = now <= at ? [] : await findEvents(source, run, { toPosition: now }, { beyond: at, max: maxEvents });
    yield { run, position: Math.max(now, at), timeNs, events, skippedEvents: Math.max(now - at, 0) - events.length };
    at = Math.max(now, at);
    if (playedNs >= run.headTimeNs) return;
    await sleep(FRAME_MS, undefined, { signal: context.signal });
  }
}
