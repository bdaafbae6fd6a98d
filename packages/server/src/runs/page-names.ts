import { CommandKind, EventCode, type EventView } from "@ballast/core/events";
import { plannedVms, renameKeys, type VmSpec } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { readTexts, selectEvents } from "../event-store/index.ts";
import { readJob } from "./store/job-row.ts";
import type { RecordedCommand } from "./worker/recorded-commands.ts";

/** The name of a virtual page of a process; null: it has none. */
export type PageNamer = (vm: number, process: number, page: number) => string | null;

/** Every page that has a name. Numbers of VMs and of processes are from 1. */
export type NamedPage = { readonly vm: number; readonly process: number; readonly virtualPage: number; readonly name: string };

/** The VMs of a run up to a position: VMs have numbers in the order in which they are switched on. */
type KnownVms = {
  readonly position: number;
  readonly vms: readonly VmSpec[];
  /** Those that the scenario will switch on, in order, and those that commands have added and no event tells of yet. */
  readonly planned: readonly VmSpec[];
  readonly added: readonly VmSpec[];
};

/** Runs whose names are kept. */
const KEPT_RUNS = 64;
const TYPES = [EventCode.CommandAccepted, EventCode.VmAdmitted, EventCode.VmRefused, EventCode.VmStarted];
const nameless: PageNamer = () => null;

/** The names that scenarios give to virtual pages. A run whose scenario gives none costs one look at its scenario. */
export class PageNames {
  readonly #pool: Pool;
  /** null: the run has no names. */
  readonly #known = new Map<number, KnownVms | null>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The names in a run, for its VMs up to a position. @throws BallastError RUN_NOT_FOUND. */
  async upTo(logId: number, position: number): Promise<PageNamer> {
    const vms = await this.#vmsUpTo(logId, position);
    return vms === null ? nameless : (vm, process, page) => vms[vm - 1]?.processes[process - 1]?.pageNames[page] ?? null;
  }

  /** Every page that has a name, by VM, process and page. */
  async list(logId: number, position: number): Promise<NamedPage[]> {
    return ((await this.#vmsUpTo(logId, position)) ?? []).flatMap(({ processes }, vm) =>
      processes.flatMap(({ pageNames }, process) =>
        Object.entries(pageNames).map(([page, name]) => ({ vm: vm + 1, process: process + 1, virtualPage: Number(page), name })),
      ),
    );
  }

  /** Events of a run in the order of positions, with the names of the virtual pages that they name. */
  async addTo(logId: number, events: readonly EventView[]): Promise<readonly EventView[]> {
    const last = events.at(-1);
    if (last === undefined) return events;
    const nameOf = await this.upTo(logId, last.position);
    return events.map((event) => nameFields(event, nameOf));
  }

  async #vmsUpTo(logId: number, position: number): Promise<readonly VmSpec[] | null> {
    const before = this.#known.get(logId) ?? (this.#known.has(logId) ? null : await this.#begin(logId));
    if (before === null || before.position >= position) return before?.vms ?? null;
    const known = await followVms(this.#pool, logId, before, position);
    this.#known.set(logId, known);
    return known.vms;
  }

  async #begin(logId: number): Promise<KnownVms | null> {
    const planned = plannedVms((await readJob(this.#pool, logId)).scenario);
    const known = planned.some(hasNames) ? { position: 0, vms: [], planned, added: [] } : null;
    this.#known.set(logId, known);
    if (this.#known.size > KEPT_RUNS) this.#known.delete(this.#known.keys().next().value ?? logId);
    return known;
  }
}

function hasNames({ processes }: VmSpec): boolean {
  return processes.some(({ pageNames }) => Object.keys(pageNames).length > 0);
}

/** Commands that are given while a run is under way add VMs, too, and VMs that are refused have numbers as well. */
async function followVms(pool: Pool, logId: number, known: KnownVms, position: number): Promise<KnownVms> {
  const [vms, planned, added] = [[...known.vms], [...known.planned], [...known.added]];
  const filter = { from: known.position + 1, to: position, types: TYPES };
  for await (const { batch, indexes } of selectEvents(pool, logId, filter)) {
    for (const index of indexes) {
      const isAddition = batch.vms[index] === 0 && batch.b[index] === CommandKind.AddVm;
      if (isAddition) added.push(await addedSpec(pool, logId, batch.a[index]!));
      else if (batch.vms[index]! > vms.length) {
        const spec = added.shift() ?? planned.shift();
        if (spec === undefined) throw new Error(`VM ${batch.vms[index]} of run ${logId} of the log comes from nowhere`);
        vms.push(spec);
      }
    }
  }
  return { position, vms, planned, added };
}

async function addedSpec(pool: Pool, logId: number, text: number): Promise<VmSpec> {
  const [json] = await readTexts(pool, logId, text, text);
  const command = renameKeys(JSON.parse(json ?? "null")) as RecordedCommand["command"];
  if (command?.kind !== "addVm") throw new Error(`text ${text} of run ${logId} of the log is no addVm`);
  return command.spec;
}

/** An event with the names of the virtual pages that it names. */
export function nameFields(event: EventView, nameOf: PageNamer): EventView {
  if (nameOf === nameless) return event;
  const fields = event.fields.map((view) => {
    const isPage = view.field.kind === "virtualPage" && view.quantity !== null;
    const virtualPageName = isPage ? nameOf(event.vm, event.process, view.value) : null;
    return virtualPageName === null ? view : { ...view, virtualPageName };
  });
  return { ...event, fields };
}
