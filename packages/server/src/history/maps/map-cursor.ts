import { assert } from "@ballast/core/assert";
import { EventCode, type KnownEvents } from "@ballast/core/events";
import { applyEvent, changesTables, type MachineTables, type VmTables } from "@ballast/core/memory";
import { physicalPages, type Place, realPages } from "../page-events.ts";
import { finishNow, type Steps } from "../steps.ts";
import { frameCells, realPageCells } from "./fill-cells.ts";
import type { CellNotes, PageRange } from "./noted-cells.ts";

/** The cells of one space are numbered by its pages: frames of the host (space 0), or real pages of VM n (space n). */
export type SpaceInfo = {
  /** 0: the host. */
  readonly vm: number;
  /** The VM's; empty for the host. */
  readonly name: string;
  readonly pages: number;
  /** First position at which it is there; 0 if that was before the cursor began. */
  readonly since: number;
};

/** Hears of what every event changes. */
export type ChangeSink = {
  /** Are told before each event which cells it can change. */
  readonly notes: CellNotes;
  /** A cell that has changed, of an event that makes a table and names no pages. */
  changed(space: number, page: number, before: number, after: number): void;
  /** After the last change of each event. */
  endEvent(cursor: MapCursor): void;
};

/** Events that make the tables of a space, or can change all of one, and name no pages. */
const MAKES_SPACES: ReadonlySet<number> = new Set([EventCode.HostStarted, EventCode.VmAdmitted, EventCode.VmRefused, EventCode.VmStarted]);

type Places = { readonly real: readonly Place[]; readonly frames: readonly Place[] };

/** Where events of a type name pages whose cells they can change, by code. */
const PLACES: readonly (Places | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  const places = { real: realPages.placesOf(code) ?? [], frames: physicalPages.placesOf(code) ?? [] };
  return changesTables(code) && places.real.length + places.frames.length > 0 ? places : undefined;
});

/** A machine that moves forward through its events, and tells which cells of its maps change on the way. */
export class MapCursor {
  readonly machine: MachineTables;
  #spaces: readonly SpaceInfo[] = [];

  /** The cursor owns the machine from here on. */
  constructor(machine: MachineTables) {
    this.machine = machine;
    if (machine.frames.count > 0) this.#addHost(0);
    for (const vm of machine.vms) this.#addVm(vm, (text) => machine.text(text), 0);
  }

  get position(): number {
    return this.machine.position;
  }

  get timeNs(): number {
    return this.machine.timeNs;
  }

  /** Never changed in place. */
  get spaces(): readonly SpaceInfo[] {
    return this.#spaces;
  }

  /** The cells of a space now: every page is looked at. */
  cellsOf(space: number): Steps<Uint32Array | Uint8Array> {
    return space === 0 ? frameCells(this.machine) : realPageCells(this.machine, this.machine.vms[space - 1]!);
  }

  /** Applies the events of a batch up to a position, beginning with the one behind the cursor. */
  advance(batch: KnownEvents, to: number, sink: ChangeSink | undefined): void {
    const { machine } = this;
    const end = to - batch.firstPosition + 1;
    for (let i = machine.position + 1 - batch.firstPosition; i < end; i++) {
      const type = batch.types[i]!;
      const places = sink === undefined ? undefined : PLACES[type];
      if (MAKES_SPACES.has(type)) this.#makeSpaces(batch, i, sink);
      else if (sink === undefined || places === undefined) applyEventOf(machine, batch, i);
      else this.#applyNoted(batch, i, places, sink.notes);
      sink?.endEvent(this);
    }
  }

  /** What can change are the cells of the pages that the event names, and of frames behind these, which have their use. */
  #applyNoted(batch: KnownEvents, index: number, { real, frames }: Places, notes: CellNotes): void {
    notes.beginEvent();
    if (real.length > 0) {
      const vm = this.machine.vm(batch.vms[index]!);
      for (const place of real) notes.addRealPages(vm, rangeOf(batch, index, place));
      for (const place of frames) notes.addFrames(rangeOf(batch, index, place));
      notes.addFramesBehind(vm);
    } else for (const place of frames) notes.addFrames(rangeOf(batch, index, place));
    applyEventOf(this.machine, batch, index);
  }

  /** An event that makes a table can change every page of the host and of its VM. A new space begins with cells that are all 0. */
  #makeSpaces(batch: KnownEvents, index: number, sink: ChangeSink | undefined): void {
    const { machine } = this;
    const number = batch.vms[index]!;
    const before = sink === undefined ? [] : this.#allCells(number);
    applyEventOf(machine, batch, index);
    if (this.#spaces.length === 0 && machine.frames.count > 0) this.#addHost(machine.position);
    const vm = machine.vms[number - 1];
    const nameOf = (text: number): string => batch.texts[text - batch.firstTextId] ?? machine.text(text);
    if (vm !== undefined && this.#spaces.length === number) this.#addVm(vm, nameOf, machine.position);
    if (sink === undefined) return;
    for (const [at, cells] of this.#allCells(number).entries()) {
      for (let page = 0; page < cells.length; page++) {
        const [old, cell] = [before[at]?.[page] ?? 0, cells[page]!];
        if (old !== cell) sink.changed(at === 0 ? number : 0, page, old, cell);
      }
    }
  }

  /** Of a VM, if it is there, and of the host. */
  #allCells(number: number): readonly (Uint32Array | Uint8Array)[] {
    const vm = this.machine.vms[number - 1];
    return [vm === undefined ? new Uint8Array() : finishNow(realPageCells(this.machine, vm)), finishNow(frameCells(this.machine))];
  }

  #addHost(since: number): void {
    this.#spaces = [{ vm: 0, name: "", pages: this.machine.frames.count, since }, ...this.#spaces];
  }

  #addVm({ vm, nameText, realMap }: VmTables, nameOf: (text: number) => string, since: number): void {
    assert(this.#spaces.length === vm, () => `VM ${vm} is admitted as the one of number ${this.#spaces.length}`);
    this.#spaces = [...this.#spaces, { vm, name: nameOf(nameText), pages: realMap.length, since }];
  }
}

function applyEventOf(machine: MachineTables, { types, timesNs, vms, processes, a, b, c, d }: KnownEvents, i: number): void {
  applyEvent(machine, types[i]!, timesNs[i]!, vms[i]!, processes[i]!, a[i]!, b[i]!, c[i]!, d[i]!);
}

function rangeOf(batch: KnownEvents, index: number, { first, end, span }: Place): PageRange {
  const page = batch[first][index]!;
  // Below zero stands for none.
  if (page < 0) return [0, 0];
  return [page, end === undefined ? page + span : batch[end][index]!];
}
