import { CommandKind, RunEnd } from "../choices.ts";
import { choice, eventsOf, field } from "../declare.ts";

const declare = eventsOf("run");

export const RunStarted = declare("RunStarted", {
  code: 1,
  description: "A run began with this scenario, policy and seed.",
  subject: "host",
  fields: {
    a: field("scenario", "text", "the whole scenario as canonical JSON"),
    b: field("policy", "text", "the policy's name, version and parameters as canonical JSON"),
    c: field("catalogueVersion", "count", "version of the event catalogue"),
    d: field("seed", "figure", "the number that fixes all randomness"),
  },
});

export const RunCompleted = declare("RunCompleted", {
  code: 2,
  description: "The run reached its end.",
  subject: "host",
  fields: { a: choice("reason", "why the run ended", RunEnd) },
});

export const RunFailed = declare("RunFailed", {
  code: 3,
  description: "The run cannot continue.",
  subject: "host",
  fields: { a: field("message", "text", "what happened and what to do") },
});

export const CommandAccepted = declare("CommandAccepted", {
  code: 4,
  description: "A command from outside reached the simulation between two of its actions.",
  subject: "host",
  fields: {
    a: field("command", "text", "the whole command as JSON"),
    b: choice("kind", "what is commanded", CommandKind),
    d: field("action", "count", "scheduler actions done before it, so that a re-execution gives it at the same point"),
  },
});

export const ScriptedCommandSkipped = declare("ScriptedCommandSkipped", {
  code: 6,
  description: "A command of the scenario's script could not be carried out, because of what had become of its VM or process.",
  subject: "host",
  fields: {
    a: field("command", "text", "the whole command as JSON"),
    b: choice("kind", "what was commanded", CommandKind),
    c: field("reason", "text", "what stood in the way"),
  },
});
