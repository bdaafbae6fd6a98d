import { choice, field, inMillionths, type EventType } from "../event-type.ts";
import { namesOf, SampleMetric } from "../choices.ts";
import { EventCode } from "../codes.ts";

export const sampleEvents: readonly EventType[] = [
  {
    code: EventCode.Sampled,
    name: "Sampled",
    family: "sample",
    says: "The value of a measure that other events do not give, at the sampling period.",
    subject: "vm",
    fields: {
      a: choice("metric", "what is measured", namesOf(SampleMetric)),
      d: field("value", "figure", "total since the run began, in the metric's unit"),
    },
  },
  {
    code: EventCode.IdleScanned,
    name: "IdleScanned",
    family: "sample",
    says: "The hypervisor read and cleared the accessed bits of a VM's real map table.",
    subject: "vm",
    fields: {
      a: field("residentPages", "pages", "real pages with a frame"),
      b: field("idlePages", "pages", "those of them not accessed since the scan before"),
      d: field("costNs", "ns", "time the scan took from the hypervisor"),
    },
  },
  {
    code: EventCode.ActiveSampled,
    name: "ActiveSampled",
    family: "sample",
    says: "A sampling period of a VM ended: how many of the real pages chosen at random were touched in it.",
    subject: "vm",
    fields: {
      a: field("touchedPages", "pages", "chosen pages that were touched"),
      b: field("sampledPages", "pages", "pages that were chosen"),
      d: inMillionths("activeFraction", "estimated fraction of the VM's pages that it accesses"),
    },
  },
  {
    code: EventCode.AgeScanned,
    name: "AgeScanned",
    family: "sample",
    says: "The hypervisor read and cleared the accessed bits of a VM's real map table, and pages left alone grew older.",
    subject: "vm",
    fields: {
      a: field("residentPages", "pages", "real pages with a frame"),
      b: field("oldestScans", "count", "scans for which the oldest of them was left alone, 255 for more"),
      c: field("oldestPages", "pages", "how many are of that age"),
      d: field("costNs", "ns", "time the scan took from the hypervisor"),
    },
  },
];
