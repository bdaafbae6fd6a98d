import { NO_PAGE } from "@ballast/core/ids";
import { finishInTurns } from "../engine/in-turns.ts";
import { realMemoryMap } from "../../api/moment/memory-map.ts";
import { tableName } from "../../api/moment/moment.ts";
import { pageOfTable } from "../../api/moment/table-slice.ts";
import { connectionOf } from "./connection.ts";
import { builder } from "./builder.ts";
import { MAP_COST, mapArgs, MemoryMapRef } from "./memory-map.ts";
import { ProcessRef } from "./process.ts";
import { costsByPage, pageArgs, rangeArgs } from "./table-args.ts";
import { RealPageRef, type RealPageShape, VmRef } from "./vm.ts";

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
    resolve: async ({ moment, vm: { vm: number } }, { residentOnly, ...args }, context) => {
      const machine = await moment.tables();
      const vm = machine.vm(number);
      const table = { list: tableName(moment, `vm/${vm.vm}/realMap`), length: vm.realMap.length };
      const query = { ...args, from: args.firstPage, end: args.endPage };
      const keep = (page: number): boolean => !residentOnly || vm.realMap[page] !== NO_PAGE;
      return await finishInTurns(
        pageOfTable(table, query, keep, (page) => ({ moment, machine, vm, page })),
        context,
      );
    },
  }),
  memoryMap: t.field({
    type: MemoryMapRef,
    description: "Its real memory, small enough to draw.",
    args: mapArgs,
    extensions: { cost: MAP_COST },
    resolve: async ({ moment, vm }, { maxCells }, context) => {
      const machine = await moment.tables();
      return await finishInTurns(realMemoryMap(machine, machine.vm(vm.vm), maxCells), context);
    },
  }),
}));
