import { BallastError } from "@ballast/core/errors";
import { immutableField } from "../../api/immutable.ts";
import { endsInThePast, eventSlice } from "../../api/events/event-slice.ts";
import { eventTotal } from "../../api/events/event-total.ts";
import { historySlice } from "../../api/events/history-slice.ts";
import { AtInput, momentAt } from "./at.ts";
import { builder } from "./builder.ts";
import { EventConnectionRef } from "./event.ts";
import { EventTotalRef } from "./event-total.ts";
import { EventFilterInput } from "./event-filter.ts";
import { SortDirectionEnum } from "./enums.ts";
import { MomentRef } from "./moment.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

/** Arguments of lists of events. */
const eventsArgs = builder.args((t) => ({
  ...pageArgs,
  direction: t.field({
    type: SortDirectionEnum,
    required: true,
    defaultValue: "ascending",
    description: "Whether the oldest or the newest event comes first. A cursor is for the direction in which it was given.",
  }),
}));

/** Arguments of the histories of a page or a frame. */
const historyArgs = builder.args((t) => ({
  ...eventsArgs,
  fromPosition: t.field({ type: "BigInt", required: false, description: "Only events from this position on." }),
  toPosition: t.field({ type: "BigInt", required: false, description: "Only events up to this position." }),
}));

/** Some ten commits decoded. */
const TOTAL_COST = 500;
/** Work of one state: a keyframe read and some ten thousand events applied. */
const MOMENT_COST = 200;

builder.objectFields(RunRef, (t) => ({
  at: t.field({
    type: MomentRef,
    description: "The state at a moment; the latest if none is given. Fails with POSITION_OUT_OF_RANGE outside of the history.",
    args: { at: t.arg({ type: AtInput, required: false, description: "Which moment." }) },
    extensions: { ...immutableField, cost: MOMENT_COST },
    resolve: (run, { at }, context) => momentAt(run, at, context),
  }),
  events: t.field({
    type: EventConnectionRef,
    description: "Its events, in order. Cursors are the same as those of subscriptions and of the event stream.",
    args: {
      ...eventsArgs,
      filter: t.arg({ type: EventFilterInput, required: false, description: "Which events; all if not given." }),
      skip: t.arg.int({
        required: true,
        defaultValue: 0,
        description: "Matching events that are left out before the first: to go to any place of a list, from the mark before it.",
      }),
    },
    extensions: { ...immutableField, ...costsByPage },
    resolve: (run, { filter, ...page }, context) => eventSlice(run, filter ?? {}, page, context),
  }),
  eventTotal: t.field({
    type: EventTotalRef,
    description:
      "How many events a list has, of the whole run or of a filter, also of the histories of a page or a frame. One answer looks at half a million events at " +
      "most; where types alone are asked for, at hardly any. One that is not complete is continued by a filter that begins (descending: ends) where it has ended.",
    args: {
      filter: t.arg({ type: EventFilterInput, required: false, description: "Which events; all if not given." }),
      direction: t.arg({
        type: SortDirectionEnum,
        required: true,
        defaultValue: "ascending",
        description: "Whether the oldest or the newest events are counted first, and the marks are those of such a list.",
      }),
    },
    extensions: { ...immutableField, cost: TOTAL_COST },
    resolve: async (run, { filter, direction }, { services, signal, immutable }) => {
      if (!endsInThePast(run, filter ?? {})) immutable?.refuse();
      return await eventTotal(run, filter ?? {}, { direction }, { pool: services.application.pool, signal });
    },
  }),
}));

builder.objectFields(RunRef, (t) => ({
  pageHistory: t.field({
    type: EventConnectionRef,
    description:
      "Everything that happened to one real page of a VM. A page of the list may have few events, or none, although more follow.",
    args: {
      vm: t.arg.int({ required: true, description: "The VM's number, from 1." }),
      realPage: t.arg.int({ required: true, description: "The page, from 0." }),
      ...historyArgs,
    },
    extensions: { ...immutableField, ...costsByPage, cost: MOMENT_COST },
    resolve: async (run, { vm, realPage, ...page }, context) => {
      requireNumber("VM numbers", vm, 1);
      requireNumber("real pages", realPage, 0);
      return await historySlice(run, page, context, (history, range) => history.pageHistory(run.logId, vm, realPage, range));
    },
  }),
  virtualPageHistory: t.field({
    type: EventConnectionRef,
    description:
      "Everything that happened to one virtual page of a process; what happens to the real page behind it, `pageHistory` tells. A page of the " +
      "list may have few events, or none, although more follow.",
    args: {
      vm: t.arg.int({ required: true, description: "The VM's number, from 1." }),
      process: t.arg.int({ required: true, description: "The process's number within the VM, from 1." }),
      virtualPage: t.arg.int({ required: true, description: "The page, from 0." }),
      ...historyArgs,
    },
    extensions: { ...immutableField, ...costsByPage, cost: MOMENT_COST },
    resolve: async (run, { vm, process, virtualPage, ...page }, context) => {
      requireNumber("VM numbers", vm, 1);
      requireNumber("process numbers", process, 1);
      requireNumber("virtual pages", virtualPage, 0);
      const asked = { vm, process, virtualPage };
      return await historySlice(run, page, context, (history, range) => history.virtualPageHistory(run.logId, asked, range));
    },
  }),
  frameHistory: t.field({
    type: EventConnectionRef,
    description: "Everything that happened to one frame. A page of the list may have few events, or none, although more follow.",
    args: { physicalPage: t.arg.int({ required: true, description: "The frame's number, from 0." }), ...historyArgs },
    extensions: { ...immutableField, ...costsByPage, cost: MOMENT_COST },
    resolve: async (run, { physicalPage, ...page }, context) => {
      requireNumber("frames", physicalPage, 0);
      return await historySlice(run, page, context, (history, range) => history.frameHistory(run.logId, physicalPage, range));
    },
  }),
}));

/** How many there are changes during a run, so that only the least number is sure. */
function requireNumber(what: string, given: number, min: 0 | 1): void {
  if (given < min) throw new BallastError("INPUT_INVALID", `${what} begin at ${min}: there is no ${given}`);
}
