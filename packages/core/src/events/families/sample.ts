import { SampleMetric } from "../choices.ts";
import { choice, eventsOf, field, inMillionths } from "../declare.ts";

const declare = eventsOf("sample");

export const Sampled = declare("Sampled", {
  code: 100,
  description: "The value of a measure that other events do not give, at the sampling period.",
  subject: "vm",
  fields: {
    a: choice("metric", "what is measured", SampleMetric),
    d: field("value", "figure", "total since the run began, in the metric's unit"),
  },
});

export const IdleScanned = declare("IdleScanned", {
  code: 101,
  description: "The hypervisor read and cleared the accessed bits of a VM's real map table.",
  subject: "vm",
  fields: {
    a: field("residentPages", "pages", "real pages with a frame"),
    b: field("idlePages", "pages", "those of them not accessed since the scan before"),
    d: field("costNs", "ns", "time the scan took from the hypervisor"),
  },
});

export const ActiveSampled = declare("ActiveSampled", {
  code: 102,
  description: "A sampling period of a VM ended: how many of the real pages chosen at random were touched in it.",
  subject: "vm",
  fields: {
    a: field("touchedPages", "pages", "chosen pages that were touched"),
    b: field("sampledPages", "pages", "pages that were chosen"),
    d: inMillionths("activeFraction", "estimated fraction of the VM's pages that it accesses"),
  },
});

export const AgeScanned = declare("AgeScanned", {
  code: 103,
  description: "The hypervisor read and cleared the accessed bits of a VM's real map table, and pages left alone grew older.",
  subject: "vm",
  fields: {
    a: field("residentPages", "pages", "real pages with a frame"),
    b: field("oldestScans", "count", "scans for which the oldest of them was left alone, 255 for more"),
    c: field("oldestPages", "pages", "how many are of that age"),
    d: field("costNs", "ns", "time the scan took from the hypervisor"),
  },
});
