import { FRAME_ZEROED, Kept } from "@ballast/core/memory";
import type { MetricChange, FrameState, PageChange, RealPageState, StateDiff, VirtualPageState } from "../../history/index.ts";
import type { PageNamer } from "../../runs/index.ts";
import { immutableField } from "../../api/immutable.ts";
import type { Connection } from "../../api/paging/connection.ts";
import { connectionOf } from "./connection.ts";
import { decodeCursor, encodeCursor } from "../../api/paging/cursor.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { AtInput, positionOf } from "./at.ts";
import { builder } from "./builder.ts";
import { RealUseEnum } from "./enums.ts";
import { frameOwner, FrameOwnerEnum } from "./frame.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";
import { VIRTUAL_PAGE_NAME } from "./virtual-page-name.ts";

type ChangeOf<Kind extends PageChange["kind"]> = Extract<PageChange, { readonly kind: Kind }> & { readonly nameOf: PageNamer };
type Use = 0 | 1 | 2 | 3;
type NamedChange = PageChange & { readonly nameOf: PageNamer };
type NamedState = RealPageState & { readonly nameOf: PageNamer; readonly vm: number };

const BEFORE = "How it was; null if it was not there yet.";
const AFTER = "How it is then; null if it is not there any more.";

const RealPageStateRef = builder.objectRef<NamedState>("RealPageState").implement({
  description: "A real page at one of two moments.",
  fields: (t) => ({
    physicalPage: t.exposeInt("physicalPage", { nullable: true, description: "The frame behind it; null: none." }),
    swapSlot: t.exposeInt("swapSlot", {
      nullable: true,
      description: "Its slot in the host's swap; null: it is not there.",
    }),
    compressedBytes: t.exposeInt("compressedBytes", {
      nullable: true,
      description: "What it takes in the compression cache; null: it is not there.",
    }),
    isOnGuestDisk: t.boolean({
      description: "Whether it has no frame because the guest's disk holds the same.",
      resolve: ({ kept }) => kept === Kept.OnGuestDisk,
    }),
    isInSwapCache: t.boolean({
      description: "Whether it was read ahead from the host's swap, where it still has its slot.",
      resolve: ({ kept }) => kept === Kept.InSwapCache,
    }),
    use: t.field({ type: RealUseEnum, description: "What the guest uses it for.", resolve: ({ use }) => use as Use }),
    process: t.exposeInt("process", { nullable: true, description: "The process that uses it; null: none." }),
    virtualPage: t.exposeInt("virtualPage", {
      nullable: true,
      description: "That process's virtual page; null: none.",
    }),
    virtualPageName: t.string({
      nullable: true,
      description: VIRTUAL_PAGE_NAME,
      resolve: ({ nameOf, vm, process, virtualPage }) =>
        process === null || virtualPage === null ? null : nameOf(vm, process, virtualPage),
    }),
  }),
});

const VirtualPageStateRef = builder.objectRef<VirtualPageState>("VirtualPageState").implement({
  description: "A virtual page at one of two moments.",
  fields: (t) => ({
    realPage: t.exposeInt("realPage", { nullable: true, description: "The real page behind it; null: none." }),
    isOnDisk: t.boolean({
      description: "Whether the guest's disk has a copy.",
      resolve: ({ diskContent }) => diskContent !== 0,
    }),
  }),
});

const FrameStateRef = builder.objectRef<FrameState>("FrameState").implement({
  description: "A frame at one of two moments.",
  fields: (t) => ({
    owner: t.field({
      type: FrameOwnerEnum,
      description: "Whose it is.",
      resolve: ({ ownerVm }) => frameOwner(ownerVm),
    }),
    vm: t.int({
      nullable: true,
      description: "The VM that has it for itself; null: none.",
      resolve: ({ ownerVm }) => (ownerVm > 0 ? ownerVm : null),
    }),
    realPage: t.exposeInt("realPage", { nullable: true, description: "That VM's real page; null: none." }),
    sharers: t.exposeInt("sharers", { description: "Of a shared frame: how many real pages it backs. Else 0." }),
    isZeroed: t.boolean({
      description: "Whether it is known to hold nothing but zeros.",
      resolve: ({ content }) => content === FRAME_ZEROED,
    }),
  }),
});

const RealPageChangeRef = builder.objectRef<ChangeOf<"realPage">>("RealPageChange").implement({
  description: "A real page that differs.",
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number." }),
    realPage: t.exposeInt("page", { description: "The page's number." }),
    before: t.field({
      type: RealPageStateRef,
      nullable: true,
      description: BEFORE,
      resolve: ({ before, vm, nameOf }) => before && { ...before, vm, nameOf },
    }),
    after: t.field({
      type: RealPageStateRef,
      nullable: true,
      description: AFTER,
      resolve: ({ after, vm, nameOf }) => after && { ...after, vm, nameOf },
    }),
  }),
});

const VirtualPageChangeRef = builder.objectRef<ChangeOf<"virtualPage">>("VirtualPageChange").implement({
  description: "A virtual page that differs.",
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number." }),
    process: t.exposeInt("process", { description: "The process's number." }),
    virtualPage: t.exposeInt("page", { description: "The page's number." }),
    virtualPageName: t.string({
      nullable: true,
      description: VIRTUAL_PAGE_NAME,
      resolve: ({ nameOf, vm, process, page }) => nameOf(vm, process, page),
    }),
    before: t.field({
      type: VirtualPageStateRef,
      nullable: true,
      description: BEFORE,
      resolve: ({ before }) => before,
    }),
    after: t.field({ type: VirtualPageStateRef, nullable: true, description: AFTER, resolve: ({ after }) => after }),
  }),
});

const FrameChangeRef = builder.objectRef<ChangeOf<"frame">>("FrameChange").implement({
  description: "A frame that differs.",
  fields: (t) => ({
    physicalPage: t.exposeInt("page", { description: "The frame's number." }),
    before: t.field({ type: FrameStateRef, nullable: true, description: BEFORE, resolve: ({ before }) => before }),
    after: t.field({ type: FrameStateRef, nullable: true, description: AFTER, resolve: ({ after }) => after }),
  }),
});

const PageChangeRef = builder.unionType("PageChange", {
  description: "A page or a frame that is not the same at two moments.",
  types: [RealPageChangeRef, VirtualPageChangeRef, FrameChangeRef],
  resolveType: ({ kind }) => {
    return kind === "frame" ? FrameChangeRef : kind === "realPage" ? RealPageChangeRef : VirtualPageChangeRef;
  },
});

const MetricChangeRef = builder.objectRef<MetricChange>("MetricChange").implement({
  description: "A metric that is not the same at two moments.",
  fields: (t) => ({
    vm: t.int({ nullable: true, description: "The VM; null: the host.", resolve: ({ vm }) => vm || null }),
    metric: t.exposeString("metric", { description: "Its name, as in `Vm`, `Host` or `Counters`." }),
    before: t.field({
      type: "BigInt",
      nullable: true,
      description: "Its value at the first moment; null: not recorded.",
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: "BigInt",
      nullable: true,
      description: "Its value at the second moment; null: not recorded.",
      resolve: ({ after }) => after,
    }),
  }),
});

const PlaceRef = builder.objectRef<StateDiff["from"]>("MomentPlace").implement({
  description: "Which moment.",
  fields: (t) => ({
    position: t.field({ type: "BigInt", description: "Position of its event.", resolve: ({ position }) => position }),
    timeNs: t.field({
      type: "BigInt",
      description: "Simulated time of that event, in ns.",
      resolve: ({ timeNs }) => timeNs,
    }),
  }),
});

const ChangeConnectionRef = connectionOf<NamedChange>("PageChange", "differences", PageChangeRef as never);

type DiffShape = { readonly diff: StateDiff; readonly changes: Connection<NamedChange> };

const DiffRef = builder.objectRef<DiffShape>("Diff").implement({
  description: "What differs between two moments of a run.",
  fields: (t) => ({
    from: t.field({ type: PlaceRef, description: "The first moment.", resolve: ({ diff }) => diff.from }),
    to: t.field({ type: PlaceRef, description: "The second moment.", resolve: ({ diff }) => diff.to }),
    metrics: t.field({
      type: [MetricChangeRef],
      description: "Metrics of the host and of VMs that differ.",
      resolve: ({ diff }) => diff.metrics,
    }),
    changedRealPages: t.int({
      description: "Real pages that differ, all in all.",
      resolve: ({ diff }) => diff.changedRealPages,
    }),
    changedVirtualPages: t.int({
      description: "Virtual pages that differ, all in all.",
      resolve: ({ diff }) => diff.changedVirtualPages,
    }),
    changedFrames: t.int({ description: "Frames that differ, all in all.", resolve: ({ diff }) => diff.changedFrames }),
    changes: t.field({
      type: ChangeConnectionRef,
      description: "A page of the differences: real pages, then virtual pages, then frames.",
      resolve: ({ changes }) => changes,
    }),
  }),
});

builder.objectField(RunRef, "diff", (t) =>
  t.field({
    type: DiffRef,
    description: "What differs between two moments.",
    args: {
      from: t.arg({ type: AtInput, required: true, description: "The first moment." }),
      to: t.arg({ type: AtInput, required: true, description: "The second moment." }),
      ...pageArgs,
    },
    extensions: { ...immutableField, ...costsByPage, cost: 400 },
    resolve: async (run, { from, to, ...page }, context) => {
      const [before, after] = [await positionOf(run, from, context), await positionOf(run, to, context)];
      const list = `${run.id}/diff/${before}-${after}`;
      const skip = page.after == null ? 0 : decodeCursor(list, page.after);
      const { history } = context.services.application;
      const first = checkListLimit(page.first);
      const make = (): Promise<StateDiff> => history.diff(run.logId, { position: before }, { position: after }, { skip, first });
      const diff = await (context.states?.inTurn(make) ?? make());
      const nameOf = await context.services.texts.pageNames.upTo(run.logId, Math.max(before, after));
      return { diff, changes: changesOf(diff, list, skip, nameOf) };
    },
  }),
);

function changesOf({ changes, nextSkip }: StateDiff, list: string, skip: number, nameOf: PageNamer): Connection<NamedChange> {
  const edges = changes.map((change, index) => ({ node: { ...change, nameOf }, cursor: encodeCursor(list, skip + index + 1) }));
  return { edges, pageInfo: { hasNextPage: nextSkip !== null, endCursor: edges.at(-1)?.cursor ?? null } };
}
