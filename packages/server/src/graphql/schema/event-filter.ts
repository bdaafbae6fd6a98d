import type { EventQuery } from "../../api/events/find-events.ts";
import { builder } from "./builder.ts";
import { EventFamilyEnum, EventTypeNameEnum } from "./enums.ts";

export const EventFilterInput = builder.inputType("EventFilter", {
  description: "Which events; all that is given must hold. Bounds are included.",
  fields: (t) =>
    ({
      types: t.field({
        type: [EventTypeNameEnum],
        description: "Of one of these types, which are a set: one that is given twice counts once, an empty list matches no event.",
      }),
      families: t.field({ type: [EventFamilyEnum], description: "Of one of these families, a set as `types` is." }),
      vm: t.int({ description: "Of this VM; 0 for events of the host." }),
      process: t.int({ description: "Of this process of the VM." }),
      virtualPage: t.int({ description: "That name this virtual page; needs `vm` and `process`." }),
      realPage: t.int({ description: "That name this real page; needs `vm`." }),
      physicalPage: t.int({ description: "That name this physical page." }),
      fromPosition: t.field({ type: "BigInt", description: "From this position on." }),
      toPosition: t.field({ type: "BigInt", description: "Up to this position." }),
      fromTimeNs: t.field({ type: "BigInt", description: "From this simulated time on, in ns." }),
      toTimeNs: t.field({ type: "BigInt", description: "Up to this simulated time, in ns." }),
    }) satisfies Record<keyof EventQuery, unknown>,
});
