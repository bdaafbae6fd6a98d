import type { EventBatch } from "@ballast/core/events";
import { changesTables, type MachineTables } from "@ballast/core/memory";
import { physicalPages, realPages, virtualPages } from "./page-events.ts";
import { frameState, realPageState, virtualPageState } from "./page-states.ts";
import type { PageChange } from "./state-diff.ts";
import { changesWholeTables, type TableId } from "./windows/index.ts";

type NamedTable = { readonly table: TableId; readonly pages: Set<number> };

/** The entries of all tables that some events name: no others can have changed. */
export class NamedEntries {
  readonly #tables = new Map<string, NamedTable>();
  #hasWholeTables = false;

  /** Whether an event makes a table or can change all of one, so that the names do not tell what has changed. */
  get hasWholeTables(): boolean {
    return this.#hasWholeTables;
  }

  add(batch: EventBatch): void {
    for (let i = 0; i < batch.length; i++) {
      const [type, vm, process] = [batch.types[i]!, batch.vms[i]!, batch.processes[i]!];
      if (!changesTables(type)) continue;
      if (changesWholeTables(type)) this.#hasWholeTables = true;
      physicalPages.eachPage(batch, i, (page) => this.#add("frames", { kind: "frames" }, page));
      realPages.eachPage(batch, i, (page) => this.#add(`real ${vm}`, { kind: "realPages", vm }, page));
      virtualPages.eachPage(batch, i, (page) => this.#add(`virtual ${vm}/${process}`, { kind: "virtualPages", vm, process }, page));
    }
  }

  #add(key: string, table: TableId, page: number): void {
    const known = this.#tables.get(key);
    if (known === undefined) this.#tables.set(key, { table, pages: new Set([page]) });
    else known.pages.add(page);
  }

  /** Entries of one kind of table as a machine has them now, by VM, process and number. */
  statesIn(machine: MachineTables, kind: TableId["kind"]): PageState[] {
    const tables = [...this.#tables.values()].filter(({ table }) => table.kind === kind);
    tables.sort((left, right) => orderOf(left.table) - orderOf(right.table));
    return tables.flatMap(({ table, pages }) =>
      [...pages].sort((left, right) => left - right).map((page) => stateOf(machine, table, page)),
    );
  }
}

/** One of the two sides of a `PageChange`, as `before`. */
export type PageState = PageChange extends infer Change ? (Change extends PageChange ? Omit<Change, "after"> : never) : never;

const MAX_PROCESSES = 2 ** 20;

function orderOf(table: TableId): number {
  if (table.kind === "frames") return 0;
  return table.vm * MAX_PROCESSES + (table.kind === "virtualPages" ? table.process : 0);
}

function stateOf(machine: MachineTables, table: TableId, page: number): PageState {
  if (table.kind === "frames") return { kind: "frame", page, before: frameState(machine.frames, page) };
  const { vm } = table;
  const tables = machine.vms[vm - 1];
  if (table.kind === "realPages") return { kind: "realPage", vm, page, before: realPageState(tables, page) };
  return { kind: "virtualPage", vm, process: table.process, page, before: virtualPageState(tables?.processes[table.process - 1], page) };
}
