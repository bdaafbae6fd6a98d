import type { RealPage } from "@ballast/core/ids";
import type { MachineTables } from "@ballast/core/memory";
import { frameState, realPageState, virtualPageState } from "../history/page-states.ts";
import type { TableEntries, TableId } from "../history/index.ts";

/** Every table of a machine that has entries, with their number. */
export function tableIds({ frames, vms }: MachineTables): (readonly [TableId, number])[] {
  const ofVms = vms.flatMap((vm) => [
    [{ kind: "realPages", vm: vm.vm } as const, vm.realMap.length] as const,
    ...vm.processes.map(({ process, virtualPages }) => [{ kind: "virtualPages", vm: vm.vm, process } as const, virtualPages] as const),
  ]);
  const all: (readonly [TableId, number])[] = [[{ kind: "frames" }, frames.count], ...ofVms];
  return all.filter(([, entries]) => entries > 0);
}

/** An entry of whole tables, in the form of `entryIn`. */
export function entryOf(machine: MachineTables, table: TableId, page: number): unknown {
  if (table.kind === "frames") return frameState(machine.frames, page);
  const vm = machine.vms[table.vm - 1];
  if (table.kind === "virtualPages") return virtualPageState(vm?.processes[table.process - 1], page);
  const state = realPageState(vm, page);
  return state && { ...state, isLarge: vm?.isLarge(page as RealPage) };
}

export function entryIn(entries: TableEntries, { kind }: TableId, page: number): unknown {
  if (kind === "frames") return entries.frame(page);
  return kind === "realPages" ? entries.realPage(page) : entries.virtualPage(page);
}
