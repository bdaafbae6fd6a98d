import type { EventMark, EventTotal } from "../../api/events/event-total.ts";
import { builder } from "./builder.ts";

const EventMarkRef = builder.objectRef<EventMark>("EventMark").implement({
  description: "A place in a list of events, near which any other can be reached by `skip`.",
  fields: (t) => ({
    before: t.field({
      type: "BigInt",
      description: "Events of the list before it, of those that are counted here.",
      resolve: ({ before }) => before,
    }),
    position: t.field({
      type: "BigInt",
      description: "The list continues with the events from this position on; a descending one with those up to it.",
      resolve: ({ position }) => position,
    }),
  }),
});

/** How many events a list has. */
export const EventTotalRef = builder.objectRef<EventTotal>("EventTotal").implement({
  description: "How many events a list has, as far as they are counted.",
  fields: (t) => ({
    count: t.field({ type: "BigInt", description: "Events that match, exactly, among those counted.", resolve: ({ count }) => count }),
    isComplete: t.exposeBoolean("isComplete", { description: "Whether all are counted." }),
    countedTo: t.field({
      type: "BigInt",
      description: "Up to this position (descending: down to it) all are counted, included; 0: there were none to count.",
      resolve: ({ countedTo }) => countedTo,
    }),
    marks: t.field({
      type: [EventMarkRef],
      description: "Places of the list, the nearest to its beginning first: about one for each commit.",
      resolve: ({ marks }) => [...marks],
    }),
  }),
});
