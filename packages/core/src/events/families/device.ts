import { DeviceKind, DeviceMetric } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("device");

export const DeviceSampled = declare("DeviceSampled", {
  code: 125,
  description:
    "How long a device works, or requests queue, for all requests that it was given so far; at the sampling period, if it " +
    "changed. VM 0: the host's swap device.",
  subject: "vmOrHost",
  fields: {
    a: choice("device", "which one", DeviceKind),
    b: choice("metric", "what is measured", DeviceMetric),
    d: field("totalNs", "ns", "total since the run began"),
  },
});
