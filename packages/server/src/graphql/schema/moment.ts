import { BallastError } from "@ballast/core/errors";
import { realPagesOf, TableEntries } from "../../history/index.ts";
import { finishInTurns } from "../engine/in-turns.ts";
import { frameMap } from "../../api/moment/memory-map.ts";
import { type Moment, tableName } from "../../api/moment/moment.ts";
import { framesOf, sharersOf } from "../../api/moment/sharers.ts";
import { pageOfTable, readPageOfTable } from "../../api/moment/table-slice.ts";
import { findVm, translate } from "../../api/moment/translate.ts";
import { builder } from "./builder.ts";
import { CountersRef, sumCounters } from "./counters.ts";
import { FrameConnectionRef, frameIn, FrameRef, type FrameShape } from "./frame.ts";
import { HostRef } from "./host.ts";
import { MAP_COST, mapArgs, MemoryMapRef } from "./memory-map.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { costsByPage, pageArgs, rangeArgs } from "./table-args.ts";
import { TranslationRef } from "./translation.ts";
import { realPageIn, RealPageRef, VmRef } from "./vm.ts";

const ALL = { first: 0, end: Number.POSITIVE_INFINITY };

/** Its fields that other files add: `event`. */
export const MomentRef = builder.objectRef<Moment>("Moment").implement({
  description: "The state of the whole machine right after one event. A moment of the past never changes.",
  fields: (t) => ({
    position: t.field({
      type: "BigInt",
      description: "Position of the last event that this state includes; 0: before the first.",
      resolve: ({ position }) => position,
    }),
    timeNs: t.field({
      type: "BigInt",
      description: "Simulated time of that event, in ns since the run began.",
      resolve: ({ timeNs }) => timeNs,
    }),
    host: t.field({ type: HostRef, description: "The host.", resolve: ({ outline }) => outline }),
    counters: t.field({
      type: CountersRef,
      description: "What was counted, summed over all VMs.",
      resolve: ({ outline }) => sumCounters(outline.vms.map((vm) => vm.counters)),
    }),
    vms: t.field({
      type: [VmRef],
      description: "Every VM by number, refused and ended ones included.",
      resolve: (moment) => moment.outline.vms.map((vm) => ({ moment, vm })),
    }),
    vm: t.field({
      type: VmRef,
      nullable: true,
      description: "One VM; null if there is none of that number.",
      args: { vm: t.arg.int({ required: true, description: "The VM's number, from 1." }) },
      resolve: (moment, args) => {
        const vm = moment.outline.vms[args.vm - 1];
        return vm === undefined ? null : { moment, vm };
      },
    }),
    translate: t.field({
      type: TranslationRef,
      description: "Follows a virtual page through every table.",
      args: {
        vm: t.arg.int({ required: true, description: "The VM's number, from 1." }),
        process: t.arg.int({ required: true, description: "The process's number within the VM, from 1." }),
        virtualPage: t.arg.int({ required: true, description: "The page, from 0." }),
      },
      resolve: async (moment, { vm, process, virtualPage }) => {
        return { moment, ...(await translate(moment, vm, process, virtualPage)) };
      },
    }),
    realPage: t.field({
      type: RealPageRef,
      description: "One real page of a VM.",
      args: {
        vm: t.arg.int({ required: true, description: "The VM's number, from 1." }),
        realPage: t.arg.int({ required: true, description: "The page, from 0." }),
      },
      resolve: async (moment, args) => {
        const { realPage: page } = args;
        const vm = findVm(moment.outline, args.vm);
        requirePage(page, realPagesOf(vm), `VM ${args.vm} has real pages`);
        return realPageIn(await moment.entries({ kind: "realPages", vm: args.vm }, page, page + 1), { moment, vm, page });
      },
    }),
  }),
});

builder.objectFields(MomentRef, (t) => ({
  frame: t.field({
    type: FrameRef,
    description: "One frame.",
    args: { physicalPage: t.arg.int({ required: true, description: "Its number, from 0." }) },
    resolve: async (moment, { physicalPage }) => {
      requirePage(physicalPage, moment.outline.frames.count, "the host has frames");
      return frameIn(await moment.entries({ kind: "frames" }, physicalPage, physicalPage + 1), moment, physicalPage);
    },
  }),
  sharers: t.field({
    type: [RealPageRef],
    description: "The real pages that a shared frame backs, by VM and number; none if it is not shared.",
    extensions: { ...costsByPage, cost: 50 },
    args: {
      physicalPage: t.arg.int({ required: true, description: "The frame's number, from 0." }),
      first: pageArgs.first,
    },
    resolve: async (moment, { physicalPage, first }, context) => {
      requirePage(physicalPage, moment.outline.frames.count, "the host has frames");
      const machine = await moment.tables();
      const found = await finishInTurns(sharersOf(machine, physicalPage, checkListLimit(first)), context);
      return found.map(({ vm, page }) =>
        realPageIn(new TableEntries(machine, { table: { kind: "realPages", vm: vm.vm }, ...ALL }), { moment, vm, page }),
      );
    },
  }),
  frames: t.field({
    type: FrameConnectionRef,
    description: "The frames, by number.",
    extensions: costsByPage,
    args: {
      ...pageArgs,
      ...rangeArgs,
      vm: t.arg.int({ required: false, description: "Only frames behind real pages of this VM, shared ones included." }),
    },
    resolve: async (moment, { vm, ...args }, context) => {
      const query = { ...args, from: args.firstPage, end: args.endPage };
      const table = { list: tableName(moment, "frames"), length: moment.outline.frames.count };
      const nodeOf = (entries: TableEntries, page: number): FrameShape => frameIn(entries, moment, page);
      if (vm == null)
        return await readPageOfTable(table, query, { read: (first, end) => moment.entries({ kind: "frames" }, first, end), nodeOf });
      const machine = await moment.tables();
      const keep = await finishInTurns(framesOf(machine, vm), context);
      const entries = new TableEntries(machine, { table: { kind: "frames" }, ...ALL });
      return await finishInTurns(
        pageOfTable(table, query, keep, (page) => nodeOf(entries, page)),
        context,
      );
    },
  }),
  memoryMap: t.field({
    type: MemoryMapRef,
    description: "The host's frames, small enough to draw.",
    args: mapArgs,
    extensions: { cost: MAP_COST },
    resolve: async ({ outline, entries }, { maxCells }, context) => {
      const { frames } = await entries({ kind: "frames" }, 0, outline.frames.count, ["ownerVm", "content"]);
      return await finishInTurns(frameMap({ frames, vms: outline.vms }, maxCells), context);
    },
  }),
}));

function requirePage(page: number, count: number, what: string): void {
  if (page >= 0 && page < count) return;
  throw new BallastError("INPUT_INVALID", `${what} 0 to ${count - 1}; there is no ${page}`);
}
