import { MemoryState, nameOf, namesOf } from "@ballast/core/events";
import { type MachineOutline, type MachineTables, VmLife, type VmOutline } from "@ballast/core/memory";
import { translate } from "@ballast/server/api/translate";
import { faultsAt, faultsOfVms, type NamedPage, type Run } from "@ballast/server/runs";

const MEMORY_STATES = namesOf(MemoryState);
const LIVES = namesOf(VmLife);

/** Pages that the scenario gives names, and the tables in which they are looked up. */
export type NamedPages = { readonly list: readonly NamedPage[]; readonly tables: MachineTables };

/**
 * A moment, summed up, as `--json` shows it; part of what docs/cli.md promises. Pages are of 4 KiB. `named` is left out where no
 * page has a name.
 */
export function stateShape(run: Run, machine: MachineOutline, named?: NamedPages) {
  const { frames } = machine;
  return {
    runId: run.id,
    position: machine.position,
    timeNs: machine.timeNs,
    faults: faultsAt(machine, run),
    host: {
      framePages: frames.count,
      freePages: frames.freePages,
      overheadPages: frames.overheadPages,
      swapPages: machine.swapPages,
      swapUsedPages: machine.swapUsedPages,
      sharedFramePages: frames.sharedFramePages,
      savedPages: machine.savedPages,
      memoryState: nameOf(MEMORY_STATES, machine.memoryState, "a memory state"),
    },
    vms: machine.vms.map((vm) => vmShape(run, machine, vm)),
    namedPages: named === undefined ? [] : named.list.flatMap((page) => namedPageShape(named.tables, page)),
  };
}

/** Where a page is that the scenario gives a name; nothing of a process that has not begun. */
function namedPageShape(machine: MachineTables, { name, ...asked }: NamedPage) {
  if (machine.vms[asked.vm - 1]?.processes[asked.process - 1] === undefined) return [];
  const { realPage, physicalPage, contentPlace } = translate(machine, asked.vm, asked.process, asked.virtualPage);
  return [{ ...asked, name, realPage, physicalPage, contentPlace }];
}

function vmShape(run: Run, machine: MachineOutline, vm: VmOutline) {
  return {
    vm: vm.vm as number,
    name: machine.text(vm.nameText),
    life: nameOf(LIVES, vm.life, `the life of VM ${vm.vm}`),
    configuredPages: vm.configuredPages,
    allocatedPages: vm.allocatedPages,
    residentPages: vm.residentPages,
    sharedPages: vm.sharedPages,
    largePages: vm.largePages,
    swappedPages: vm.swappedPages,
    diskKeptPages: vm.diskKeptPages,
    swapCachePages: vm.swapCachePages,
    mappedPages: vm.mappedPages,
    kernelPages: vm.kernelPages,
    balloonTargetPages: vm.balloonTargetPages,
    balloonSizePages: vm.balloonSizePages,
    memoryLimitPages: vm.memoryLimitPages,
    isSuspended: vm.isSuspended,
    faults: faultsOfVms([vm], run),
  };
}

export type StateShape = ReturnType<typeof stateShape>;
