import { field, type EventType } from "../event-type.ts";
import { EventCode } from "../codes.ts";

export const sharingEvents: readonly EventType[] = [
  {
    code: EventCode.ImageAttached,
    name: "ImageAttached",
    family: "sharing",
    says: "A process's file pages are those of an image: the common ones hold at first what every process of that image has there.",
    subject: "process",
    fields: {
      a: field("image", "text", "the image's name"),
      d: field("commonFraction", "figure", "fraction of the pages that are common, in millionths"),
    },
  },
];
