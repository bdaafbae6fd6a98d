import { SwapClusterWritten } from "../../../events/index.ts";
import { type VmId, NO_VM } from "../../../ids/index.ts";
import type { Device } from "../device.ts";
import type { Recorder } from "../recorder.ts";

/**
 * Writes pages to the swap device: each by a request of its own, or with clustered swap-out up to `clusterPages` of one VM
 * that follow each other on the device by one, which the stealing code ends with `flush`.
 */
export class SwapWriter {
  readonly #device: Device;
  readonly #recorder: Recorder;
  readonly #clusterPages: number | undefined;
  #vm = NO_VM as VmId;
  #firstSlot = 0;
  #pages = 0;

  constructor(device: Device, recorder: Recorder, clusterPages: number | undefined) {
    this.#device = device;
    this.#recorder = recorder;
    this.#clusterPages = clusterPages;
  }

  get hasPending(): boolean {
    return this.#pages > 0;
  }

  write(vm: VmId, slot: number): void {
    if (this.#clusterPages === undefined) {
      this.#device.write(this.#recorder.nowNs, slot);
      return;
    }
    const follows = this.#vm === vm && slot === this.#firstSlot + this.#pages && this.#pages < this.#clusterPages;
    if (this.#pages > 0 && !follows) this.flush();
    if (this.#pages === 0) this.#firstSlot = slot;
    this.#vm = vm;
    this.#pages++;
  }

  /** Gives the pages that wait to the device. */
  flush(): void {
    if (this.#pages === 0) return;
    this.#device.write(this.#recorder.nowNs, this.#firstSlot, this.#pages);
    this.#recorder.record(SwapClusterWritten, this.#vm, this.#firstSlot, this.#pages);
    this.#pages = 0;
  }
}
