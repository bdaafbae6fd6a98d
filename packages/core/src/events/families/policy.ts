import { ClampCause, DecisionKind, LimitCause, MemoryState } from "../choices.ts";
import { choice, eventsOf, field, inMillionths } from "../declare.ts";

const declare = eventsOf("policy");

const decision = field("decision", "count", "the decision's number within the run, from 1");

export const MemoryStateChanged = declare("MemoryStateChanged", {
  code: 90,
  description: "The host's free memory crossed a threshold.",
  subject: "host",
  fields: {
    a: choice("from", "the state before", MemoryState),
    b: choice("to", "the state now", MemoryState),
    c: field("freePages", "pages", "free frames"),
  },
});

export const PolicyDecided = declare("PolicyDecided", {
  code: 91,
  description: "The policy asked for something, with its reason.",
  subject: "vmOrHost",
  fields: {
    a: choice("kind", "what it asks for", DecisionKind),
    b: field("reason", "text", "why, in the policy's words"),
    c: decision,
    d: field("requestedPages", "pages", "how many pages"),
  },
});

export const PolicyFigureSeen = declare("PolicyFigureSeen", {
  code: 92,
  description: "A figure that a decision rests on.",
  subject: "vmOrHost",
  fields: {
    a: field("figure", "text", "the figure's name with its unit"),
    c: decision,
    d: inMillionths("value", "the figure in its unit"),
  },
});

export const DecisionClamped = declare("DecisionClamped", {
  code: 93,
  description: "A decision could not be carried out in full.",
  subject: "vmOrHost",
  fields: {
    a: choice("kind", "what was asked for", DecisionKind),
    b: choice("cause", "what stood in the way", ClampCause),
    c: decision,
    d: field("donePages", "pages", "how many pages were done"),
  },
});

export const MemoryLimitSet = declare("MemoryLimitSet", {
  code: 94,
  description: "From now on a VM may hold this many frames at most.",
  subject: "vm",
  fields: {
    a: field("limitPages", "pages", "most frames it may hold"),
    b: field("previousPages", "pages", "the limit before"),
    c: choice("cause", "who set it", LimitCause),
  },
});

export const VmSuspended = declare("VmSuspended", {
  code: 95,
  description: "A VM makes no accesses until it is resumed; its balloon driver still polls.",
  subject: "vm",
  fields: {},
});

export const VmResumed = declare("VmResumed", {
  code: 96,
  description: "A VM that was suspended was resumed, or ended.",
  subject: "vm",
  fields: { d: field("suspendedNs", "ns", "time it was suspended in all since it began") },
});
