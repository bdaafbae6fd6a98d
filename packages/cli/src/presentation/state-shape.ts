import { MemoryState, nameOf, namesOf } from "@ballast/core/events";
import { type MachineOutline, VmLife, type VmOutline } from "@ballast/core/memory";
import type { Translation } from "@ballast/server/api/translate";
import { faultsAt, faultsOfVms, type NamedPage, type Run } from "@ballast/server/runs";

const MEMORY_STATES = namesOf(MemoryState);
const LIVES = namesOf(VmLife);

/** A page that the scenario gives a name, and where it is. */
export type FoundPage = NamedPage & Pick<Translation, "realPage" | "physicalPage" | "contentPlace">;

/**
 * A moment, summed up, as `--json` shows it; part of what docs/cli.md promises. Pages are of 4 KiB.
 */
export function stateShape(run: Run, machine: MachineOutline, namedPages: readonly FoundPage[]) {
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
    namedPages: namedPages.map(namedPageShape),
  };
}

function namedPageShape({ name, realPage, physicalPage, contentPlace, ...page }: FoundPage) {
  return { ...page, name, realPage, physicalPage, contentPlace };
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
