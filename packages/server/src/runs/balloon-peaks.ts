import { type EventBatch, EventCode } from "@ballast/core/events";

export type SavedBalloonPeaks = {
  readonly sizes: readonly number[];
  readonly peaks: readonly number[];
  readonly peak: number;
};

/**
 * The largest balloon of each VM, and the largest sum of all, at any time: a fold of events, as the tables have only
 * the last.
 */
export class BalloonPeaks {
  /** By VM number - 1. */
  #sizes: number[] = [];
  #peaks: number[] = [];
  #sum = 0;
  #peak = 0;

  /** Of a VM, by its number; 0 if it never had a balloon. */
  ofVm(vm: number): number {
    return this.#peaks[vm - 1] ?? 0;
  }

  /** Of the sum over all VMs. */
  get ofRun(): number {
    return this.#peak;
  }

  update(batch: EventBatch): void {
    const { types, vms } = batch;
    for (let i = 0; i < batch.length; i++) {
      const type = types[i];
      if (type === EventCode.BalloonPagePinned) this.#grow(vms[i] ?? 0, 1);
      else if (type === EventCode.BalloonPageUnpinned || type === EventCode.BalloonPopped) this.#grow(vms[i] ?? 0, -1);
      else if (type === EventCode.VmTerminated) this.#grow(vms[i] ?? 0, -(this.#sizes[(vms[i] ?? 0) - 1] ?? 0));
    }
  }

  save(): SavedBalloonPeaks {
    return { sizes: [...this.#sizes], peaks: [...this.#peaks], peak: this.#peak };
  }

  static restore(saved: SavedBalloonPeaks): BalloonPeaks {
    const restored = new BalloonPeaks();
    restored.#sizes = [...saved.sizes];
    restored.#peaks = [...saved.peaks];
    restored.#sum = saved.sizes.reduce((sum, size) => sum + size, 0);
    restored.#peak = saved.peak;
    return restored;
  }

  #grow(vm: number, pages: number): void {
    while (this.#sizes.length < vm) {
      this.#sizes.push(0);
      this.#peaks.push(0);
    }
    const size = (this.#sizes[vm - 1] ?? 0) + pages;
    this.#sizes[vm - 1] = size;
    this.#peaks[vm - 1] = Math.max(this.#peaks[vm - 1] ?? 0, size);
    this.#sum += pages;
    this.#peak = Math.max(this.#peak, this.#sum);
  }
}
