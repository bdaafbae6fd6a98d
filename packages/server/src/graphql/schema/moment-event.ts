import { builder } from "./builder.ts";
import { EventRef } from "./event.ts";
import { MomentRef } from "./moment.ts";
import { findEvents } from "../../api/events/find-events.ts";

builder.objectField(MomentRef, "event", (t) =>
  t.field({
    type: EventRef,
    nullable: true,
    description: "The event that led to this state; null before the first.",
    resolve: async ({ run, position }, _args, { services, signal }) => {
      if (position === 0) return null;
      const source = { pool: services.application.pool, texts: services.texts, signal };
      const here = { fromPosition: position, toPosition: position };
      return (await findEvents(source, run, here, { beyond: position - 1, max: 1 }))[0] ?? null;
    },
  }),
);
