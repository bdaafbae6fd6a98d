import { BallastError } from "@ballast/core/errors";
import { DecisionLoader } from "../../api/events/decision-loader.ts";
import { CauseReader, type EventCause } from "../../api/events/event-causes.ts";
import type { RequestContext } from "../../api/request-context.ts";
import { builder } from "./builder.ts";
import { DecisionRef } from "./decisions.ts";
import { EventRef } from "./event.ts";
import { RunRef } from "./run.ts";

/** Of one group of decisions, which is read and checked together. */
const DECISION_COST = 10;
/** Of a chain: some commits are decoded. */
const CAUSES_COST = 100;
const DEFAULT_CAUSES = 8;
const MAX_CAUSES = 64;

/** What one operation has read, so that its other fields need not read it again. */
type Readers = { readonly decisions: DecisionLoader; readonly causes: CauseReader };
const READERS = new WeakMap<RequestContext, Readers>();

export function readersOf(context: RequestContext): Readers {
  const known = READERS.get(context);
  if (known !== undefined) return known;
  const { services, signal } = context;
  const { pool } = services.application;
  const decisions = new DecisionLoader(pool);
  const readers = { decisions, causes: new CauseReader({ pool, texts: services.texts, signal }, decisions) };
  READERS.set(context, readers);
  return readers;
}

const CauseRef = builder.objectRef<EventCause>("Cause").implement({
  description: "A step of the way back from an event to what it began with.",
  fields: (t) => ({
    event: t.field({
      type: EventRef,
      nullable: true,
      description:
        "The event that led to the one before it in the list (the first: to the event asked about); null: it was no event of the log.",
      resolve: ({ event }) => event,
    }),
    relation: t.exposeString("relation", {
      description: "One sentence: how it led there; without an event: what it began with, such as an access, a period or the scenario.",
    }),
  }),
});

builder.objectFields(EventRef, (t) => ({
  decided: t.field({
    type: DecisionRef,
    nullable: true,
    description:
      "The policy's decision of number `decision`, with its reason and figures; null: none, or the run is not projected that far.",
    extensions: { cost: DECISION_COST },
    resolve: async ({ logId, decision }, _args, context) => {
      if (decision === 0) return null;
      const row = await readersOf(context).decisions.load(logId, decision);
      if (row === null) context.immutable?.refuse();
      return row;
    },
  }),
  causes: t.field({
    type: [CauseRef],
    description:
      "Why it happened: its causes, the nearest first, found in the log by declared rules. The last one has no event if it names what all began " +
      "with. Empty only where the log lacks the cause.",
    extensions: { cost: CAUSES_COST, multipliedBy: "max" },
    args: {
      max: t.arg.int({ required: true, defaultValue: DEFAULT_CAUSES, description: `Most causes, 1 to ${MAX_CAUSES} (included).` }),
    },
    resolve: async (event, { max }, context) => {
      if (max < 1 || max > MAX_CAUSES)
        throw new BallastError("LIST_TOO_LARGE", `${max} causes were asked for: give \`max\` from 1 to ${MAX_CAUSES}`);
      const causes = await readersOf(context).causes.causesOf(event, max);
      // A cause that only a later state of the read models shows.
      if (causes.at(-1)?.event === null && event.decision !== 0) context.immutable?.refuse();
      return causes;
    },
  }),
}));

builder.objectField(RunRef, "decision", (t) =>
  t.field({
    type: DecisionRef,
    nullable: true,
    description: "One decision of its policy; null: there is none of that number, or the run is not projected that far.",
    extensions: { cost: DECISION_COST },
    args: { decision: t.arg.int({ required: true, description: "Its number within the run, from 1." }) },
    resolve: (run, { decision }, context) => (decision < 1 ? null : readersOf(context).decisions.load(run.logId, decision)),
  }),
);
