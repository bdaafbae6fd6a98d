import { NO_ONE, NO_PAGE } from "../ids/index.ts";
import { FRAME_OVERHEAD, type Machine, OWNER_FREE, OWNER_HYPERVISOR, RealUse, type VmMemory } from "../memory/index.ts";

/** What does not hold in the tables of a machine, as sentences; empty if all does. Counts everything anew. */
export function findMachineFaults(machine: Machine): string[] {
  const faults: string[] = [];
  const expect = (holds: boolean, sentence: string): void => {
    if (!holds) faults.push(sentence);
  };
  checkFrames(machine, expect);
  const slots = new Set<number>();
  for (const vm of machine.vms) {
    checkRealPages(machine, vm, slots, expect);
    checkPageTables(vm, expect);
  }
  expect(slots.size === machine.swapUsedPages, `${slots.size} swap slots are used, ${machine.swapUsedPages} counted`);
  expect(slots.size <= machine.swapPages, `${slots.size} swap slots are used of ${machine.swapPages}`);
  return faults;
}

type Expect = (holds: boolean, sentence: string) => void;

function checkFrames(machine: Machine, expect: Expect): void {
  const { frames } = machine;
  let free = 0;
  let overhead = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const owner = frames.ownerVm[frame];
    if (owner === OWNER_FREE) free++;
    else if (owner === OWNER_HYPERVISOR) overhead++;
    else {
      const behind = machine.vm(owner).realMap[frames.realPage[frame]];
      expect(behind === frame, `frame ${frame} says VM ${owner} page ${frames.realPage[frame]}, whose frame is ${behind}`);
    }
    const isOverhead = frames.content[frame] === FRAME_OVERHEAD;
    expect(isOverhead === (owner === OWNER_HYPERVISOR), `frame ${frame} of owner ${owner} has the wrong content flag`);
  }
  expect(free === frames.freePages, `${free} frames are free, ${frames.freePages} counted`);
  expect(overhead === frames.overheadPages, `${overhead} frames are overhead, ${frames.overheadPages} counted`);
  let resident = 0;
  for (const vm of machine.vms) resident += vm.residentPages;
  expect(free + overhead + resident === frames.count, `frames are not conserved: ${free} + ${overhead} + ${resident}`);
}

function checkRealPages(machine: Machine, vm: VmMemory, slots: Set<number>, expect: Expect): void {
  const counts = { resident: 0, swapped: 0, balloon: 0 };
  for (let real = 0; real < vm.realMap.length; real++) {
    const at = `VM ${vm.vm} real page ${real}`;
    const frame = vm.realMap[real];
    const slot = vm.swapSlot[real];
    if (frame !== NO_PAGE) {
      counts.resident++;
      expect(machine.frames.ownerVm[frame] === vm.vm, `${at} has frame ${frame} of VM ${machine.frames.ownerVm[frame]}`);
      expect(machine.frames.realPage[frame] === real, `${at} shares frame ${frame}`);
    }
    if (slot !== NO_PAGE) {
      counts.swapped++;
      expect(frame === NO_PAGE, `${at} is resident and swapped out at once`);
      expect(!slots.has(slot), `${at} shares swap slot ${slot}`);
      slots.add(slot);
    }
    if (vm.use[real] !== RealUse.Balloon) continue;
    counts.balloon++;
    expect(frame === NO_PAGE && slot === NO_PAGE, `${at} is in the balloon and has frame ${frame}, slot ${slot}`);
    expect(vm.userProcess[real] === NO_ONE, `${at} is in the balloon and used by process ${vm.userProcess[real]}`);
  }
  const { residentPages, swappedPages, balloonSizePages } = vm;
  const counted = `${residentPages}, ${swappedPages}, ${balloonSizePages}`;
  const found = `${counts.resident}, ${counts.swapped}, ${counts.balloon}`;
  expect(found === counted, `VM ${vm.vm} counts resident, swapped, balloon ${counted}, has ${found}`);
}

function checkPageTables(vm: VmMemory, expect: Expect): void {
  let mapped = 0;
  for (const process of vm.processes) {
    for (let page = 0; page < process.virtualPages; page++) {
      const real = process.pageTable[page];
      if (real === NO_PAGE) continue;
      mapped++;
      const at = `VM ${vm.vm} process ${process.process} virtual page ${page}`;
      expect(vm.use[real] === RealUse.Process, `${at} is mapped to real page ${real} in use ${vm.use[real]}`);
      const isUser = vm.userProcess[real] === process.process && vm.userPage[real] === page;
      expect(isUser, `${at} is mapped to real page ${real} of another page`);
    }
  }
  expect(mapped === vm.mappedPages, `VM ${vm.vm} maps ${mapped} pages, ${vm.mappedPages} counted`);
}
