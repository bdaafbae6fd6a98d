import { choice, field, type EventType } from "../event-type.ts";
import { DeviceKind, DeviceMetric, namesOf } from "../choices.ts";
import { EventCode } from "../codes.ts";

export const deviceEvents: readonly EventType[] = [
  {
    code: EventCode.DeviceSampled,
    name: "DeviceSampled",
    family: "device",
    says:
      "How long a device works, or requests queue, for all requests that it was given so far; at the sampling period, if it " +
      "changed. VM 0: the host's swap device.",
    subject: "vm",
    fields: {
      a: choice("device", "which one", namesOf(DeviceKind)),
      b: choice("metric", "what is measured", namesOf(DeviceMetric)),
      d: field("totalNs", "ns", "total since the run began"),
    },
  },
];
