import { choice, field, type EventType } from "../event-type.ts";
import { CommandKind, namesOf, RunEnd } from "../choices.ts";
import { EventCode } from "../codes.ts";

export const runEvents: readonly EventType[] = [
  {
    code: EventCode.RunStarted,
    name: "RunStarted",
    family: "run",
    says: "A run began with this scenario, policy and seed.",
    subject: "host",
    fields: {
      a: field("scenario", "text", "the whole scenario as canonical JSON"),
      b: field("policy", "text", "the policy's name, version and parameters as canonical JSON"),
      c: field("catalogueVersion", "count", "version of the event catalogue"),
      d: field("seed", "figure", "the number that fixes all chance"),
    },
  },
  {
    code: EventCode.RunCompleted,
    name: "RunCompleted",
    family: "run",
    says: "The run reached its end.",
    subject: "host",
    fields: { a: choice("reason", "why the run ended", namesOf(RunEnd)) },
  },
  {
    code: EventCode.RunFailed,
    name: "RunFailed",
    family: "run",
    says: "The run cannot go on.",
    subject: "host",
    fields: { a: field("message", "text", "what happened and what to do") },
  },
  {
    code: EventCode.CommandAccepted,
    name: "CommandAccepted",
    family: "run",
    says: "A command from outside reached the simulation between two of its actions.",
    subject: "host",
    fields: {
      a: field("command", "text", "the whole command as JSON"),
      b: choice("kind", "what is commanded", namesOf(CommandKind)),
      d: field("action", "count", "scheduler actions done before it, so that a re-execution gives it at the same point"),
    },
  },
  {
    code: EventCode.ScriptedCommandSkipped,
    name: "ScriptedCommandSkipped",
    family: "run",
    says: "A command of the scenario's script could not be carried out, because of what had become of its VM or process.",
    subject: "host",
    fields: {
      a: field("command", "text", "the whole command as JSON"),
      b: choice("kind", "what was commanded", namesOf(CommandKind)),
      c: field("reason", "text", "what stood in the way"),
    },
  },
];
