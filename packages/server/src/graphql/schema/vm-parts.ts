import { assert } from "@ballast/core/assert";
import { realPagesOf } from "../../history/index.ts";
import { finishInTurns } from "../engine/in-turns.ts";
import { realMemoryMap } from "../../api/moment/memory-map.ts";
import { tableName } from "../../api/moment/moment.ts";
import { readPageOfTable } from "../../api/moment/table-slice.ts";
import { connectionOf } from "./connection.ts";
import { builder } from "./builder.ts";
import { MAP_COST, mapArgs, MemoryMapRef } from "./memory-map.ts";
import { ProcessRef } from "./process.ts";
import { costsByPage, pageArgs, rangeArgs } from "./table-args.ts";
import { realPageIn, RealPageRef, type RealPageShape, VmRef } from "./vm.ts";

/** What `realMemoryMap` looks at. */
const REAL_MAP_COLUMNS = ["realMap", "use", "swapSlot", "kept", "compressedBlocks"];

const RealPageConnectionRef = connectionOf<RealPageShape>("RealPage", "real pages of a VM", RealPageRef);

builder.objectFields(VmRef, (t) => ({
  processes: t.field({
    type: [ProcessRef],
    description: "Its processes, by number.",
    resolve: ({ moment, vm }) => vm.processes.map((process) => ({ moment, process })),
  }),
  process: t.field({
    type: ProcessRef,
    nullable: true,
    description: "One of its processes; null if there is none of that number.",
    args: { process: t.arg.int({ required: true, description: "The process's number, from 1." }) },
    resolve: ({ moment, vm }, args) => {
      const process = vm.processes[args.process - 1];
      return process === undefined ? null : { moment, process };
    },
  }),
  realMapTable: t.field({
    type: RealPageConnectionRef,
    description: "Its real map table: real page to physical page.",
    extensions: costsByPage,
    args: {
      ...pageArgs,
      ...rangeArgs,
      residentOnly: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: "Leave out pages without a frame.",
      }),
    },
    resolve: async ({ moment, vm }, { residentOnly, ...args }) => {
      const table = { list: tableName(moment, `vm/${vm.vm}/realMap`), length: realPagesOf(vm) };
      return await readPageOfTable(
        table,
        { ...args, from: args.firstPage, end: args.endPage },
        {
          read: (first, end) => moment.entries({ kind: "realPages", vm: vm.vm }, first, end),
          keep: residentOnly ? (entries, page) => entries.isResident(page) : undefined,
          nodeOf: (entries, page) => realPageIn(entries, { moment, vm, page }),
        },
      );
    },
  }),
  memoryMap: t.field({
    type: MemoryMapRef,
    description: "Its real memory, small enough to draw.",
    args: mapArgs,
    extensions: { cost: MAP_COST },
    resolve: async ({ moment, vm }, { maxCells }, context) => {
      const pages = await moment.entries({ kind: "realPages", vm: vm.vm }, 0, realPagesOf(vm), REAL_MAP_COLUMNS);
      // Without shared pages none of its frames is a shared one.
      const framePages = vm.sharedPages === 0 ? 0 : moment.outline.frames.count;
      const { frames } = await moment.entries({ kind: "frames" }, 0, framePages, ["ownerVm"]);
      assert(pages.vm !== undefined, () => `there is no VM ${vm.vm}`);
      return await finishInTurns(realMemoryMap({ frames }, pages.vm, maxCells), context);
    },
  }),
}));
