import { assert } from "@ballast/core/assert";
import { EventCode, type KnownEvents } from "@ballast/core/events";
import { NO_PAGE } from "@ballast/core/ids";
import { applyEvent, changesTables, type MachineTables, type VmTables } from "@ballast/core/memory";
import { physicalPages, type Place, realPages } from "../page-events.ts";
import type { Steps } from "../steps.ts";
import { frameCell, realPageCell } from "./cell-states.ts";
import { fillFrameCells, fillRealPageCells } from "./fill-cells.ts";

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

/** Hears of the cells that change: `xor` is the old value exclusive-or the new one, so that it leads in both directions. */
export type ChangeSink = {
  changed(space: number, page: number, xor: number): void;
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

/** A machine that moves forward through its events, and the cells of its maps along with it. */
export class MapCursor {
  readonly machine: MachineTables;
  #host = new Uint32Array(0);
  readonly #vms: Uint8Array[] = [];
  #spaces: readonly SpaceInfo[] = [];

  private constructor(machine: MachineTables) {
    this.machine = machine;
  }

  /** The cursor owns the machine from here on. */
  static *over(machine: MachineTables): Steps<MapCursor> {
    const cursor = new MapCursor(machine);
    const nameOf = (text: number): string => machine.text(text);
    if (machine.frames.count > 0) cursor.#addHost(0);
    for (const vm of machine.vms) cursor.#addVm(vm, nameOf, 0);
    yield* fillFrameCells(machine, cursor.#host);
    for (const vm of machine.vms) yield* fillRealPageCells(machine, vm, cursor.#vms[vm.vm - 1]!);
    return cursor;
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

  /** The cells of a space now. */
  cellsOf(space: number): Uint32Array | Uint8Array {
    const cells = space === 0 ? this.#host : this.#vms[space - 1];
    assert(cells !== undefined, () => `there is no space ${space}`);
    return cells;
  }

  /** Applies the events of a batch up to a position, beginning with the one behind the cursor. */
  advance(batch: KnownEvents, to: number, sink: ChangeSink | undefined): void {
    const { types, timesNs, vms, processes, a, b, c, d } = batch;
    const { machine } = this;
    const end = to - batch.firstPosition + 1;
    for (let i = machine.position + 1 - batch.firstPosition; i < end; i++) {
      const type = types[i]!;
      applyEvent(machine, type, timesNs[i]!, vms[i]!, processes[i]!, a[i]!, b[i]!, c[i]!, d[i]!);
      const places = PLACES[type];
      if (places !== undefined) this.#lookAt(batch, i, places, sink);
      else if (MAKES_SPACES.has(type)) this.#lookAtAll(batch, vms[i]!, sink);
      sink?.endEvent(this);
    }
  }

  #lookAt(batch: KnownEvents, index: number, { real, frames }: Places, sink: ChangeSink | undefined): void {
    const number = batch.vms[index]!;
    for (const place of real) {
      const [first, end] = rangeOf(batch, index, place);
      const vm = this.machine.vm(number);
      for (let page = first; page < end; page++) this.#lookAtRealPage(vm, page, sink);
      // A frame has the use of the real page before it.
      for (let page = first; page < end; page++) if (vm.realMap[page] !== NO_PAGE) this.#lookAtFrame(vm.realMap[page]!, sink);
    }
    for (const place of frames) {
      const [first, end] = rangeOf(batch, index, place);
      for (let frame = first; frame < end; frame++) this.#lookAtFrame(frame, sink);
    }
  }

  #lookAtFrame(frame: number, sink: ChangeSink | undefined): void {
    const cell = frameCell(this.machine, frame);
    const xor = this.#host[frame]! ^ cell;
    if (xor === 0) return;
    this.#host[frame] = cell;
    sink?.changed(0, frame, xor);
  }

  #lookAtRealPage(vm: VmTables, page: number, sink: ChangeSink | undefined): void {
    const cells = this.#vms[vm.vm - 1]!;
    const cell = realPageCell(this.machine.frames, vm, page);
    const xor = cells[page]! ^ cell;
    if (xor === 0) return;
    cells[page] = cell;
    sink?.changed(vm.vm, page, xor);
  }

  /** After an event that made a table: every page of the host and of its VM. A new space begins with cells that are all 0. */
  #lookAtAll({ texts, firstTextId }: KnownEvents, number: number, sink: ChangeSink | undefined): void {
    const { machine } = this;
    if (this.#spaces.length === 0 && machine.frames.count > 0) this.#addHost(machine.position);
    const vm = machine.vms[number - 1];
    if (vm !== undefined) {
      const nameOf = (text: number): string => texts[text - firstTextId] ?? machine.text(text);
      if (this.#vms[number - 1] === undefined) this.#addVm(vm, nameOf, machine.position);
      for (let page = 0; page < vm.realMap.length; page++) this.#lookAtRealPage(vm, page, sink);
    }
    for (let frame = 0; frame < machine.frames.count; frame++) this.#lookAtFrame(frame, sink);
  }

  #addHost(since: number): void {
    const { count } = this.machine.frames;
    this.#host = new Uint32Array(count);
    this.#spaces = [{ vm: 0, name: "", pages: count, since }, ...this.#spaces];
  }

  #addVm({ vm, nameText, realMap }: VmTables, nameOf: (text: number) => string, since: number): void {
    assert(this.#spaces.length === vm, () => `VM ${vm} is admitted as the one of number ${this.#spaces.length}`);
    this.#vms[vm - 1] = new Uint8Array(realMap.length);
    this.#spaces = [...this.#spaces, { vm, name: nameOf(nameText), pages: realMap.length, since }];
  }
}

function rangeOf(batch: KnownEvents, index: number, { first, end, span }: Place): readonly [first: number, end: number] {
  const page = batch[first][index]!;
  // Below zero stands for none.
  if (page < 0) return [0, 0];
  return [page, end === undefined ? page + span : batch[end][index]!];
}
