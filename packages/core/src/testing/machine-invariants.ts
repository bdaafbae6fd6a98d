import { LARGE_PAGE_PAGES, NO_PROCESS, NO_PAGE } from "../ids/index.ts";
import { PAGE_BYTES } from "../units/index.ts";
import {
  COMPRESSED_BLOCK_BYTES,
  Counter,
  FRAME_OVERHEAD,
  FRAME_SHARED,
  Kept,
  type MachineTables,
  OWNER_FREE,
  OWNER_HYPERVISOR,
  OWNER_SHARED,
  RealUse,
  type VmTables,
} from "../memory/index.ts";

/** What does not hold in the tables of a machine, as sentences; empty if all does. Counts everything anew. */
export function findMachineFaults(machine: MachineTables): string[] {
  const faults: string[] = [];
  const expect = (holds: boolean, sentence: string): void => {
    if (!holds) faults.push(sentence);
  };
  checkFrames(machine, expect);
  checkSharing(machine, expect);
  const slots = new Set<number>();
  for (const vm of machine.vms) {
    checkRealPages(machine, vm, slots, expect);
    checkLargePages(machine, vm, expect);
    checkPageTables(vm, expect);
    checkCompression(vm, expect);
  }
  expect(slots.size === machine.swapUsedPages, `${slots.size} swap slots are used, ${machine.swapUsedPages} counted`);
  checkHypervisorFrames(machine, expect);
  expect(slots.size <= machine.swapPages, `${slots.size} swap slots are used of ${machine.swapPages}`);
  return faults;
}

const READ_AHEAD_COUNTERS = ["swapPagesReadAhead", "swapCacheHits", "swapReadsWasted"] as const;

type Expect = (holds: boolean, sentence: string) => void;

function checkFrames(machine: MachineTables, expect: Expect): void {
  const { frames } = machine;
  let free = 0;
  let overhead = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const owner = frames.ownerVm[frame];
    if (owner === OWNER_FREE) free++;
    else if (owner === OWNER_HYPERVISOR) overhead++;
    else if (owner !== OWNER_SHARED) {
      const behind = machine.vm(owner).realMap[frames.realPage[frame]];
      expect(behind === frame, `frame ${frame} says VM ${owner} page ${frames.realPage[frame]}, whose frame is ${behind}`);
    }
    const isOverhead = frames.content[frame] === FRAME_OVERHEAD;
    expect(isOverhead === (owner === OWNER_HYPERVISOR), `frame ${frame} of owner ${owner} has the wrong content flag`);
  }
  expect(free === frames.freePages, `${free} frames are free, ${frames.freePages} counted`);
  expect(overhead === frames.overheadPages, `${overhead} frames are overhead, ${frames.overheadPages} counted`);
  let owned = 0;
  for (const vm of machine.vms) owned += vm.residentPages - vm.sharedPages;
  const counts = [free, overhead, owned, frames.sharedFramePages];
  const sum = counts.reduce((left, right) => left + right);
  expect(sum === frames.count, `frames are not conserved: ${counts.join(" + ")} are not ${frames.count}`);
}

/** What the hypervisor keeps holds at least the compression caches and the swap cache. */
function checkHypervisorFrames({ frames, vms }: MachineTables, expect: Expect): void {
  let caches = 0;
  for (const vm of vms) {
    caches += vm.cacheFramePages + vm.swapCachePages;
    const [ahead, hits, wasted] = READ_AHEAD_COUNTERS.map((name) => vm.counters[Counter[name]]);
    const isAccounted = ahead === hits + wasted + vm.swapCachePages;
    expect(isAccounted, `VM ${vm.vm} had ${ahead} pages read ahead: ${hits} hits, ${wasted} wasted, ${vm.swapCachePages} cached`);
  }
  expect(caches <= frames.overheadPages, `${caches} frames of caches are not among the hypervisor's ${frames.overheadPages}`);
}

/** A shared frame backs as many real pages as it counts, and at least one; no other frame backs more than its owner's. */
function checkSharing({ frames, vms }: MachineTables, expect: Expect): void {
  const backed = new Int32Array(frames.count);
  for (const vm of vms) {
    let shared = 0;
    for (const frame of vm.realMap) {
      if (frame === NO_PAGE || frames.ownerVm[frame] !== OWNER_SHARED) continue;
      backed[frame]++;
      shared++;
    }
    expect(shared === vm.sharedPages, `VM ${vm.vm} shares ${shared} pages, ${vm.sharedPages} counted`);
  }
  let sharedFrames = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const isShared = frames.ownerVm[frame] === OWNER_SHARED;
    if (isShared) sharedFrames++;
    const at = `frame ${frame} of owner ${frames.ownerVm[frame]}`;
    expect(isShared === (frames.content[frame] === FRAME_SHARED), `${at} has the content flag ${frames.content[frame]}`);
    expect(isShared === backed[frame] > 0, `${at} backs ${backed[frame]} shared pages`);
    expect(backed[frame] === frames.sharers[frame], `${at} backs ${backed[frame]} pages, ${frames.sharers[frame]} counted`);
    expect(!isShared || frames.realPage[frame] === NO_PAGE, `${at} names real page ${frames.realPage[frame]}`);
  }
  expect(sharedFrames === frames.sharedFramePages, `${sharedFrames} frames are shared, ${frames.sharedFramePages} counted`);
}

function checkRealPages(machine: MachineTables, vm: VmTables, slots: Set<number>, expect: Expect): void {
  const counts = { resident: 0, swapped: 0, diskKept: 0, swapCache: 0, balloon: 0 };
  for (let real = 0; real < vm.realMap.length; real++) {
    const at = `VM ${vm.vm} real page ${real}`;
    const frame = vm.realMap[real];
    const slot = vm.swapSlot[real];
    if (frame !== NO_PAGE) {
      counts.resident++;
      const owner = machine.frames.ownerVm[frame];
      const isOwn = owner === vm.vm && machine.frames.realPage[frame] === real;
      expect(isOwn || owner === OWNER_SHARED, `${at} has frame ${frame} of VM ${owner}, page ${machine.frames.realPage[frame]}`);
    }
    if (slot !== NO_PAGE) {
      counts.swapped++;
      expect(frame === NO_PAGE, `${at} is both resident and swapped out`);
      expect(!slots.has(slot), `${at} shares swap slot ${slot}`);
      slots.add(slot);
    }
    const kept = vm.kept[real];
    if (kept === Kept.InSwapCache) {
      counts.swapCache++;
      expect(frame === NO_PAGE && slot !== NO_PAGE, `${at} is in the swap cache and has frame ${frame}, slot ${slot}`);
    } else if (kept !== Kept.Nowhere) {
      counts.diskKept++;
      expect(frame === NO_PAGE && slot === NO_PAGE, `${at} is kept (${kept}) and has frame ${frame}, slot ${slot}`);
    }
    if (vm.use[real] !== RealUse.Balloon) continue;
    counts.balloon++;
    const isGivenUp = frame === NO_PAGE && slot === NO_PAGE && kept === Kept.Nowhere;
    expect(isGivenUp, `${at} is in the balloon and has frame ${frame}, slot ${slot}, kept ${kept}`);
    expect(vm.userProcess[real] === NO_PROCESS, `${at} is in the balloon and used by process ${vm.userProcess[real]}`);
  }
  const { residentPages, swappedPages, diskKeptPages, swapCachePages, balloonSizePages } = vm;
  const counted = `${residentPages}, ${swappedPages}, ${diskKeptPages}, ${swapCachePages}, ${balloonSizePages}`;
  const found = `${counts.resident}, ${counts.swapped}, ${counts.diskKept}, ${counts.swapCache}, ${counts.balloon}`;
  expect(found === counted, `VM ${vm.vm} counts resident, swapped, left on disk, swap cache, balloon ${counted}, has ${found}`);
}

/** What a large mapping covers stands in 512 contiguous, aligned frames of the VM's own. */
function checkLargePages({ frames }: MachineTables, vm: VmTables, expect: Expect): void {
  let large = 0;
  for (let group = 0; group < vm.largeMap.length; group++) {
    if (vm.largeMap[group] === 0) continue;
    large += LARGE_PAGE_PAGES;
    const [first, at] = [group * LARGE_PAGE_PAGES, `large page ${group} of VM ${vm.vm}`];
    const frame = vm.realMap[first];
    expect(frame >= 0 && frame % LARGE_PAGE_PAGES === 0, `${at} begins in frame ${frame}`);
    for (let page = 0; page < LARGE_PAGE_PAGES; page++) {
      const isInOrder = vm.realMap[first + page] === frame + page && frames.ownerVm[frame + page] === vm.vm;
      expect(isInOrder, `${at} has its page ${page} in frame ${vm.realMap[first + page]}`);
    }
  }
  expect(large === vm.largePages, `VM ${vm.vm} has ${large} pages under large mappings, ${vm.largePages} counted`);
}

/** A compressed page is in its VM's cache and nowhere else; the cache has just the frames that its pages fill. */
function checkCompression(vm: VmTables, expect: Expect): void {
  let pages = 0;
  let blocks = 0;
  for (let real = 0; real < vm.compressedBlocks.length; real++) {
    if (vm.compressedBlocks[real] === 0) continue;
    pages++;
    blocks += vm.compressedBlocks[real];
    const isElsewhere = vm.realMap[real] !== NO_PAGE || vm.swapSlot[real] !== NO_PAGE || vm.use[real] === RealUse.Balloon;
    expect(!isElsewhere, `VM ${vm.vm} real page ${real} is compressed, and has a frame, a swap slot or is in the balloon`);
  }
  const counted = `${vm.compressedPages} pages in ${vm.compressedBlocksUsed} blocks`;
  expect(counted === `${pages} pages in ${blocks} blocks`, `VM ${vm.vm} counts ${counted}, has ${pages} in ${blocks}`);
  const frames = Math.ceil((blocks * COMPRESSED_BLOCK_BYTES) / PAGE_BYTES);
  expect(vm.cacheFramePages === frames, `VM ${vm.vm} has ${vm.cacheFramePages} cache frames for what fills ${frames}`);
}

function checkPageTables(vm: VmTables, expect: Expect): void {
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
