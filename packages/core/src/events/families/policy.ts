import { choice, field, inMillionths, type EventType } from "../event-type.ts";
import { ClampCause, DecisionKind, LimitCause, MemoryState, namesOf } from "../choices.ts";
import { EventCode } from "../codes.ts";

const decision = field("decision", "count", "the decision's number within the run, from 1");

export const policyEvents: readonly EventType[] = [
  {
    code: EventCode.MemoryStateChanged,
    name: "MemoryStateChanged",
    family: "policy",
    says: "The host's free memory crossed a threshold.",
    subject: "host",
    fields: {
      a: choice("from", "the state before", namesOf(MemoryState)),
      b: choice("to", "the state now", namesOf(MemoryState)),
      c: field("freePages", "pages", "free frames"),
    },
  },
  {
    code: EventCode.PolicyDecided,
    name: "PolicyDecided",
    family: "policy",
    says: "The policy asked for something, with its reason.",
    subject: "vm",
    fields: {
      a: choice("kind", "what it asks for", namesOf(DecisionKind)),
      b: field("reason", "text", "why, in the policy's words"),
      c: decision,
      d: field("requestedPages", "pages", "how many pages"),
    },
  },
  {
    code: EventCode.PolicyFigureSeen,
    name: "PolicyFigureSeen",
    family: "policy",
    says: "A figure that a decision rests on.",
    subject: "vm",
    fields: {
      a: field("figure", "text", "the figure's name with its unit"),
      c: decision,
      d: inMillionths("value", "the figure in its unit"),
    },
  },
  {
    code: EventCode.DecisionClamped,
    name: "DecisionClamped",
    family: "policy",
    says: "A decision could not be carried out in full.",
    subject: "vm",
    fields: {
      a: choice("kind", "what was asked for", namesOf(DecisionKind)),
      b: choice("cause", "what stood in the way", namesOf(ClampCause)),
      c: decision,
      d: field("donePages", "pages", "how many pages were done"),
    },
  },
  {
    code: EventCode.MemoryLimitSet,
    name: "MemoryLimitSet",
    family: "policy",
    says: "From now on a VM may hold this many frames at most.",
    subject: "vm",
    fields: {
      a: field("limitPages", "pages", "most frames it may hold"),
      b: field("previousPages", "pages", "the limit before"),
      c: choice("cause", "who set it", namesOf(LimitCause)),
    },
  },
  {
    code: EventCode.VmBlocked,
    name: "VmBlocked",
    family: "policy",
    says: "A VM makes no accesses until it is let go on; its balloon driver still polls.",
    subject: "vm",
    fields: {},
  },
  {
    code: EventCode.VmUnblocked,
    name: "VmUnblocked",
    family: "policy",
    says: "A VM that was blocked may go on, or was ended.",
    subject: "vm",
    fields: { d: field("blockedNs", "ns", "time it was blocked in all since it began") },
  },
];
