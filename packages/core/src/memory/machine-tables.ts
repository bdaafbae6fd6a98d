import { assert } from "../assert/index.ts";
import { Mapping, MemoryState, Mmu } from "../events/index.ts";
import type { PhysicalPage, RealPage } from "../ids/index.ts";
import { Frames } from "./frames.ts";
import { blankTables, type TableSource } from "./table-source.ts";
import type { VmTables } from "./vm-tables.ts";

/**
 * The tables of the simulated machine as the events up to `position` give them. Changed by `applyEvent` and by nothing
 * else: the kernel calls it when an event happens, replay when it is read back.
 */
export class MachineTables {
  /** Last event applied; 0 before the first. */
  position = 0;
  timeNs = 0;
  mapping: Mapping = Mapping.TwoLevel;
  mmu: Mmu = Mmu.None;
  frames: Frames;
  swapPages = 0;
  swapUsedPages = 0;
  /** Of the swap device, as of the last sample: time its channels were taken, and time requests queued. */
  swapBusyNs = 0;
  swapQueueNs = 0;
  memoryState: MemoryState = MemoryState.High;
  ended = false;
  scenarioText = 0;
  policyText = 0;
  /** VMs by number - 1, refused ones included. */
  readonly vms: VmTables[] = [];
  /** The run's texts by id; [0] is empty. */
  readonly texts: string[] = [""];
  /** Where its tables take their columns from. */
  readonly source: TableSource;

  constructor(source: TableSource = blankTables) {
    this.source = source;
    this.frames = new Frames(0, source);
  }

  text(id: number): string {
    return this.texts[id] ?? "";
  }

  /** @throws AssertionFailure if there is no such VM. */
  vm(vm: number): VmTables {
    const found = this.vms[vm - 1];
    assert(found !== undefined, () => `there is no VM ${vm}`);
    return found;
  }

  /** Frames that would be in use besides if no page were shared. */
  get savedPages(): number {
    let sharedPages = 0;
    for (const vm of this.vms) sharedPages += vm.sharedPages;
    return sharedPages - this.frames.sharedFramePages;
  }

  /** Puts a frame behind a real page. */
  mapFrame(vm: VmTables, real: RealPage, frame: PhysicalPage): void {
    this.frames.give(frame, vm.vm, real);
    vm.backWith(real, frame);
  }

  unmapFrame(vm: VmTables, real: RealPage, frame: PhysicalPage): void {
    this.frames.take(frame, vm.vm, real);
    vm.unback(real);
  }
}
