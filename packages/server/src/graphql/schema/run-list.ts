import { MAX_COUNTED_RUNS, RUN_SORT_KEYS, type Run, type RunFilter, type RunSortKey } from "../../runs/index.ts";
import type { Connection } from "../../api/paging/connection.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { connectionOf, connectionOfSlice } from "./connection.ts";
import { enumValues } from "./enum-values.ts";
import { RunStatusEnum, SortDirectionEnum } from "./enums.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

const RunSortKeyEnum = builder.enumType("RunSortKey", {
  description: "What runs are sorted by. Runs without it come last; the newer of two with the same counts as the larger.",
  values: enumValues(Object.entries(RUN_SORT_KEYS).map(([name, description]) => [name, name as RunSortKey, description])),
});

/** A page of runs, and what they all match. */
type RunList = Connection<Run> & { readonly filter: RunFilter };

const RunListRef = connectionOf<Run, RunList>("Run", "runs", RunRef);

/** Of one count: it looks at every run that matches. */
const COUNT_COST = 200;

builder.objectField(RunListRef, "totalCount", (t) =>
  t.int({
    description:
      `How many runs match, on all pages. It is counted for each request, and not beyond ${MAX_COUNTED_RUNS}: ` +
      `${MAX_COUNTED_RUNS + 1} stands for more.`,
    extensions: { cost: COUNT_COST },
    resolve: ({ filter }, _args, { services }) => services.application.runs.countRuns(filter),
  }),
);

const filterArgs = builder.args((t) => ({
  status: t.field({ type: RunStatusEnum, required: false, description: "Only runs in this state." }),
  scenario: t.string({ required: false, description: "Only runs of the scenario of this name." }),
  policy: t.string({ required: false, description: "Only runs under the policy of this name." }),
  seed: t.field({ type: "BigInt", required: false, description: "Only runs with this seed." }),
  createdFrom: t.field({ type: "DateTime", required: false, description: "Only runs that were asked for at this time or later." }),
  createdBefore: t.field({ type: "DateTime", required: false, description: "Only runs that were asked for before this time." }),
  search: t.string({
    required: false,
    description: "Only runs with this text in their id or in the name of their scenario or policy, in upper or lower case.",
  }),
  label: t.string({ required: false, description: "Only runs that were started with this label." }),
  withoutLabels: t.stringList({ required: false, description: "No runs that were started with one of these labels." }),
}));

builder.queryField("runs", (t) =>
  t.field({
    type: RunListRef,
    description:
      "The runs, newest first unless told otherwise. Cursors stay right when runs are added or deleted between two pages; a run whose " +
      "value is another one by then may be in both, or in none.",
    extensions: costsByPage,
    args: {
      ...pageArgs,
      ...filterArgs,
      sortBy: t.arg({ type: RunSortKeyEnum, required: true, defaultValue: "created", description: "What the list is sorted by." }),
      direction: t.arg({ type: SortDirectionEnum, required: true, defaultValue: "descending", description: "Its direction." }),
    },
    resolve: async (_root, { first, after, sortBy, direction, ...args }, { services }) => {
      const filter = filterOf(args);
      const order = { by: sortBy, direction };
      const query = { first: checkListLimit(first), after: after ?? undefined, order, ...filter };
      return { ...connectionOfSlice(await services.application.runs.listRuns(query)), filter };
    },
  }),
);

type FilterArgs = { readonly [Part in keyof RunFilter]: RunFilter[Part] | null };

function filterOf({ status, scenario, policy, seed, createdFrom, createdBefore, search, label, withoutLabels }: FilterArgs): RunFilter {
  return {
    status: status ?? undefined,
    scenario: scenario ?? undefined,
    policy: policy ?? undefined,
    seed: seed ?? undefined,
    createdFrom: createdFrom ?? undefined,
    createdBefore: createdBefore ?? undefined,
    search: search ?? undefined,
    label: label ?? undefined,
    withoutLabels: withoutLabels ?? undefined,
  };
}
