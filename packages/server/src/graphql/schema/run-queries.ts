import type { Slice } from "../../runs/index.ts";
import { immutableField } from "../../api/immutable.ts";
import type { Connection } from "../../api/paging/connection.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { RunStatusEnum } from "./enums.ts";
import { runReaching } from "./run-reaching.ts";
import { RunConnectionRef, RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

builder.queryFields((t) => ({
  runs: t.field({
    type: RunConnectionRef,
    description: "The runs, newest first.",
    extensions: costsByPage,
    args: {
      ...pageArgs,
      status: t.arg({ type: RunStatusEnum, required: false, description: "Only runs in this state." }),
      scenario: t.arg.string({ required: false, description: "Only runs of the scenario of this name." }),
    },
    resolve: async (_root, { first, after, status, scenario }, { services }) => {
      const query = {
        first: checkListLimit(first),
        ...(after == null ? {} : { after }),
        ...(status == null ? {} : { status }),
        ...(scenario == null ? {} : { scenario }),
      };
      return connectionOfSlice(await services.application.runs.listRuns(query));
    },
  }),
  run: t.field({
    type: RunRef,
    nullable: true,
    description: "One run; null, with the error RUN_NOT_FOUND in `errors`, if there is none of that id.",
    extensions: immutableField,
    args: {
      id: t.arg.id({ required: true, description: "The run's id, its first letters (at least 4), or `latest`." }),
      atLeastPosition: t.arg({
        type: "BigInt",
        required: false,
        description: "Waits, for a bounded time, until the run has come to this position: read your own writes.",
      }),
    },
    resolve: async (_root, { id, atLeastPosition }, context) => {
      const run = await context.services.application.runs.findRun(id);
      // Another run may be the latest soon, or the id's first letters fit several.
      if (run.id !== id) context.immutable?.refuse();
      return atLeastPosition == null ? run : await runReaching(run.id, atLeastPosition, context);
    },
  }),
}));

/** A page of the run service as a connection. Its items carry no cursors of their own: only the page's end does. */
export function connectionOfSlice<Item>({ items, endCursor, hasMore }: Slice<Item>): Connection<Item> {
  const edges = items.map((node) => ({ node, cursor: endCursor ?? "" }));
  return { edges, pageInfo: { hasNextPage: hasMore, endCursor } };
}
