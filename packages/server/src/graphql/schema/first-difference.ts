import type { DecisionRow } from "../../projections/index.ts";
import { comparableRuns, type DifferenceSide, firstDifference, type RunDifference } from "../../api/events/first-difference.ts";
import { builder } from "./builder.ts";
import { DecisionRef } from "./decisions.ts";
import { EventRef } from "./event.ts";
import { readersOf } from "./event-causes.ts";
import { RunRef } from "./run.ts";

/** Both logs may be read to their end. */
const COMPARISON_COST = 5000;
/** The nearest of the decisions that one run alone made. */
const MAX_DECISIONS = 20;

const RunDifferenceSideRef = builder.objectRef<DifferenceSide>("RunDifferenceSide").implement({
  description: "What one of the runs did where they first differ.",
  fields: (t) => ({
    run: t.field({ type: RunRef, description: "The run.", resolve: ({ run }) => run }),
    event: t.field({ type: EventRef, description: "Its first event that not all have.", resolve: ({ event }) => event }),
    equalPosition: t.field({
      type: "BigInt",
      description: "Position, in this run, of the last event that all have; 0: none.",
      resolve: ({ equalPosition }) => equalPosition,
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description:
        "The decision that the event goes back to, or else the latest at or before it; null: none, or the run is not projected that far.",
      resolve: ({ run, decision }, _args, context) => (decision === 0 ? null : readersOf(context).decisions.load(run.logId, decision)),
    }),
    newDecisions: t.field({
      type: [DecisionRef],
      description: `Decisions since the last event that all have: what this run's policy decided meanwhile; at most ${MAX_DECISIONS}, the latest.`,
      resolve: async ({ run, newDecisions }, _args, context) => {
        const { decisions } = readersOf(context);
        const rows = await Promise.all(newDecisions.slice(-MAX_DECISIONS).map((decision) => decisions.load(run.logId, decision)));
        return rows.filter((row): row is DecisionRow => row !== null);
      },
    }),
  }),
});

const RunDifferenceRef = builder.objectRef<RunDifference>("RunDifference").implement({
  description: "Where runs first differ.",
  fields: (t) => ({
    equalEvents: t.field({
      type: "BigInt",
      description: "Events that all have before it, of those that are compared.",
      resolve: ({ equalEvents }) => equalEvents,
    }),
    sides: t.field({
      type: [RunDifferenceSideRef],
      description: "What each run did there, in the order of the argument.",
      extensions: { items: 4 },
      resolve: ({ sides }) => [...sides],
    }),
  }),
});

builder.queryField("firstDifference", (t) =>
  t.field({
    type: RunDifferenceRef,
    nullable: true,
    description:
      "Compares two to four runs of one scenario and seed, event by event, and stops at the first that is not the same in all; null: they are equal " +
      "as far as the shortest goes. Not compared are what the policy says (decisions and their figures) and the scans that it has made to see something, " +
      "but for what comes of them.",
    args: { runs: t.arg.idList({ required: true, description: "Ids of 2 to 4 different runs." }) },
    extensions: { cost: COMPARISON_COST },
    resolve: async (_root, { runs: ids }, { services, signal }) => {
      const { pool, runs } = services.application;
      return await firstDifference({ pool, texts: services.texts, signal }, await comparableRuns(runs, ids));
    },
  }),
);
