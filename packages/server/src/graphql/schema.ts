import "./schema/at.ts";
import "./schema/comparison.ts";
import "./schema/decisions.ts";
import "./schema/diff.ts";
import "./schema/event-causes.ts";
import "./schema/experiment.ts";
import "./schema/failure.ts";
import "./schema/miss-ratio-curve.ts";
import "./schema/moment-event.ts";
import "./schema/first-difference.ts";
import "./schema/mutations/command-mutations.ts";
import "./schema/mutations/compare-policies.ts";
import "./schema/mutations/delete-mutations.ts";
import "./schema/mutations/import-trace.ts";
import "./schema/mutations/rebuild-projections.ts";
import "./schema/mutations/run-mutations.ts";
import "./schema/mutations/start-experiment.ts";
import "./schema/page-activity.ts";
import "./schema/policy.ts";
import "./schema/replacement-grid.ts";
import "./schema/run-list.ts";
import "./schema/queue.ts";
import "./schema/replacement-algorithms.ts";
import "./schema/run-metrics.ts";
import "./schema/run-origin.ts";
import "./schema/run-past.ts";
import "./schema/run-queries.ts";
import "./schema/scalars.ts";
import "./schema/scenario.ts";
import "./schema/scenario-form.ts";
import "./schema/series.ts";
import "./schema/subscriptions/events.ts";
import "./schema/subscriptions/experiment-progress.ts";
import "./schema/subscriptions/playback.ts";
import "./schema/subscriptions/run-progress.ts";
import "./schema/summary.ts";
import "./schema/trace.ts";
import "./schema/vm-parts.ts";
import { assertValidSchema, lexicographicSortSchema, printSchema } from "graphql";
import { meterFields } from "./engine/meter-fields.ts";
import { builder } from "./schema/builder.ts";

/** The whole API. */
export const schema = meterFields(builder.toSchema());
// Checked once: here, before anybody waits for an answer, and not during the first request.
assertValidSchema(schema);

/** As it is checked in: `packages/server/schema.graphql`. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
