import { HOLDS_NO_PAGE, NEVER_ACCESSED } from "@ballast/core/kernel";
import type { Moment } from "../../api/moment/moment.ts";
import type { RequestContext } from "../../api/request-context.ts";
import { builder } from "./builder.ts";
import { FrameRef } from "./frame.ts";
import { RealPageRef } from "./vm.ts";

type ActivityShape = { readonly lastAccessNs: number | null; readonly idleNs: number | null; readonly isDirty: boolean };

const PageActivityRef = builder.objectRef<ActivityShape>("PageActivity").implement({
  description:
    "What no event tells of a page: its accessed and dirty bits. They are found by executing the run again up to the moment, in a thread of its own.",
  fields: (t) => ({
    lastAccessNs: t.field({
      type: "BigInt",
      nullable: true,
      description: "When a process last accessed it, by the clock of its VM, in ns since the run began; null: none has yet.",
      resolve: (page) => page.lastAccessNs,
    }),
    idleNs: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "How long before the moment that was; 0 for a hit that its VM made ahead of the others. null: no process has accessed it yet.",
      resolve: (page) => page.idleNs,
    }),
    isDirty: t.exposeBoolean("isDirty", {
      description: "Whether its guest has written to it since it was loaded or written out.",
    }),
  }),
});

/** A moment costs a re-execution, whose result all pages of it share. */
const COST = 50;
const NOTE =
  "TIMED_OUT says how far the re-execution is: ask again. RUN_DIVERGED: the run was made by another version of Ballast or of its policy, and cannot be executed again.";

builder.objectField(RealPageRef, "activity", (t) =>
  t.field({
    type: PageActivityRef,
    description: `When it was last accessed, and whether it is dirty. ${NOTE}`,
    extensions: { cost: COST },
    resolve: async ({ moment, vm, page }, _args, context) => (await activityOf(moment, vm.vm, page, context))!,
  }),
);

builder.objectField(FrameRef, "activity", (t) =>
  t.field({
    type: PageActivityRef,
    nullable: true,
    description: `The same of the real page that it holds; of several the latest access, and whether one is dirty. null: it holds none. ${NOTE}`,
    extensions: { cost: COST },
    resolve: async ({ moment, page }, _args, context) => await activityOf(moment, 0, page, context),
  }),
);

/** Of a page of a VM, or of the host (0): null for a frame without a page. */
async function activityOf(moment: Moment, vm: number, page: number, context: RequestContext): Promise<ActivityShape | null> {
  const { services, signal } = context;
  const { spaces, timeNs } = await services.pageActivities.at({ runId: moment.run.id, signal }, moment.position);
  const space = spaces.find((each) => each.vm === vm);
  const lastAccessNs = space?.lastAccessNs[page] ?? HOLDS_NO_PAGE;
  if (lastAccessNs === HOLDS_NO_PAGE) return null;
  const isDirty = space?.isDirty[page] === 1;
  if (lastAccessNs === NEVER_ACCESSED) return { lastAccessNs: null, idleNs: null, isDirty };
  return { lastAccessNs, idleNs: Math.max(0, timeNs - lastAccessNs), isDirty };
}
