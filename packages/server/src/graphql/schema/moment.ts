import { BallastError } from "@ballast/core/errors";
import { finishInTurns } from "../engine/in-turns.ts";
import { frameMap } from "../../api/moment/memory-map.ts";
import { type Moment, tableName } from "../../api/moment/moment.ts";
import { framesOf, sharersOf } from "../../api/moment/sharers.ts";
import { pageOfTable } from "../../api/moment/table-slice.ts";
import { findVm, translate } from "../../api/moment/translate.ts";
import { builder } from "./builder.ts";
import { CountersRef, sumCounters } from "./counters.ts";
import { FrameConnectionRef, FrameRef } from "./frame.ts";
import { HostRef } from "./host.ts";
import { MAP_COST, mapArgs, MemoryMapRef } from "./memory-map.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { costsByPage, pageArgs, rangeArgs } from "./table-args.ts";
import { TranslationRef } from "./translation.ts";
import { RealPageRef, VmRef } from "./vm.ts";

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
        return { moment, ...translate(await moment.tables(), vm, process, virtualPage) };
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
        const machine = await moment.tables();
        const vm = findVm(machine, args.vm);
        requirePage(args.realPage, vm.realMap.length, `VM ${args.vm} has real pages`);
        return { moment, machine, vm, page: args.realPage };
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
      return { moment, machine: await moment.tables(), page: physicalPage };
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
      return found.map(({ vm, page }) => ({ moment, machine, vm, page }));
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
      const machine = await moment.tables();
      const query = { ...args, from: args.firstPage, end: args.endPage };
      const keep = vm == null ? () => true : await finishInTurns(framesOf(machine, vm), context);
      const table = { list: tableName(moment, "frames"), length: machine.frames.count };
      return await finishInTurns(
        pageOfTable(table, query, keep, (page) => ({ moment, machine, page })),
        context,
      );
    },
  }),
  memoryMap: t.field({
    type: MemoryMapRef,
    description: "The host's frames, small enough to draw.",
    args: mapArgs,
    extensions: { cost: MAP_COST },
    resolve: async (moment, { maxCells }, context) => await finishInTurns(frameMap(await moment.tables(), maxCells), context),
  }),
}));

function requirePage(page: number, count: number, what: string): void {
  if (page >= 0 && page < count) return;
  throw new BallastError("INPUT_INVALID", `${what} 0 to ${count - 1}; there is no ${page}`);
}
