import { NO_PAGE } from "../../ids/index.ts";
import type { MachineTables, VmTables } from "../../memory/index.ts";
import type { Kernel } from "../engine/kernel-contract.ts";
import type { LastAccesses } from "./last-accesses.ts";

/** Of a real page that no process has accessed yet. */
export const NEVER_ACCESSED = -1;
/** Of a frame behind which there is no real page: a free one, or the hypervisor's. */
export const HOLDS_NO_PAGE = -2;

/** The pages of the host or a VM: 0 is the host, whose pages are its frames. */
export type SpaceActivity = {
  readonly vm: number;
  readonly name: string;
  /** In ns since the run began, by page: of its last access by a process, or NEVER_ACCESSED, or HOLDS_NO_PAGE. Of a frame: of the real page that it holds. */
  readonly lastAccessNs: Float64Array;
  /** 1: the guest has written to the page since it was loaded or written out; else 0. Of a frame: of the real page that it holds. */
  readonly isDirty: Uint8Array;
};

/**
 * When each page was last accessed, by the clock of its VM, and which are dirty, as of an event at `position`: after everything that was done up to
 * the event behind it, or to the end of the action that made it, whichever comes first. So the access that a fault was for is included
 * once its last event is. Hits come in slices, and ahead of other VMs by the scenario's lookahead: accesses can have later times than the event.
 */
export type PageActivity = {
  readonly position: number;
  readonly timeNs: number;
  /** The host, if it is on, and the VMs by number. */
  readonly spaces: readonly SpaceActivity[];
};

/** The events of the run's start, of which the second switches the host on, come before any access. */
const HOST_STARTED = 2;

/** As of one of the events that a kernel has made before its first action. */
export function activityAtStart({ machine }: Kernel, position: number): PageActivity {
  return { position, timeNs: 0, spaces: position < HOST_STARTED ? [] : [activityOfHost(machine, [])] };
}

export function activityOf(kernel: Kernel, accesses: LastAccesses): PageActivity {
  const { machine } = kernel;
  const vms = machine.vms.map((vm) => activityOfVm(vm, machine, kernel.dirtyPages(vm.vm), accesses.timesOf(vm.vm)));
  const host = machine.frames.count === 0 ? [] : [activityOfHost(machine, vms)];
  return { position: machine.position, timeNs: machine.timeNs, spaces: [...host, ...vms] };
}

function activityOfVm(
  { vm, nameText, use }: VmTables,
  machine: MachineTables,
  dirty: Uint8Array,
  times: Float64Array | undefined,
): SpaceActivity {
  const lastAccessNs = times?.map((time) => time - 1) ?? new Float64Array(use.length).fill(NEVER_ACCESSED);
  return { vm, name: machine.text(nameText), lastAccessNs, isDirty: dirty.length === 0 ? new Uint8Array(use.length) : dirty };
}

/** A shared frame holds several real pages: the latest access is its own, and it is dirty if one of them is. */
function activityOfHost({ frames, vms }: MachineTables, ofVms: readonly SpaceActivity[]): SpaceActivity {
  const lastAccessNs = new Float64Array(frames.count).fill(HOLDS_NO_PAGE);
  const isDirty = new Uint8Array(frames.count);
  for (const [index, { realMap }] of vms.entries()) {
    const { lastAccessNs: times, isDirty: dirty } = ofVms[index];
    for (let page = 0; page < realMap.length; page++) {
      const frame = realMap[page];
      if (frame === NO_PAGE) continue;
      lastAccessNs[frame] = Math.max(lastAccessNs[frame], times[page]);
      isDirty[frame] |= dirty[page];
    }
  }
  return { vm: 0, name: "", lastAccessNs, isDirty };
}
