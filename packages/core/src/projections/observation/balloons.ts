import type { BalloonObservations } from "../../metrics/index.ts";
import { PerVm } from "./per-vm.ts";

const NONE = -1;

/** Numbers of one VM's balloon; times are of events, so that a driver's poll counts as one instant. */
type Balloon = {
  size: number;
  peak: number;
  target: number;
  overshoot: number;
  excessPageNs: number;
  /** Up to when `excessPageNs` is. */
  untilNs: number;
  /** When the target was set that is not reached yet; NONE: there is none. */
  awaitedSinceNs: number;
  reached: number;
  unreached: number;
  timeToTargetNs: number;
  maxTimeToTargetNs: number;
};

export type SavedBalloons = { readonly peak: number; readonly vms: readonly Readonly<Balloon>[] };

/** How large balloons were, and how well they followed their targets. */
export class Balloons {
  readonly #vms: PerVm<Balloon>;
  #sum: number;
  #peak: number;

  constructor(saved: SavedBalloons = { peak: 0, vms: [] }) {
    const vms = saved.vms.map((each) => ({ ...each }));
    this.#vms = new PerVm(newBalloon, vms);
    this.#sum = vms.reduce((sum, { size }) => sum + size, 0);
    this.#peak = saved.peak;
  }

  /** Of the sum over all VMs. */
  get peak(): number {
    return this.#peak;
  }

  pin(vm: number, timeNs: number): void {
    const balloon = this.#resize(vm, timeNs, 1);
    balloon.peak = Math.max(balloon.peak, balloon.size);
    balloon.overshoot = Math.max(balloon.overshoot, balloon.size - balloon.target);
    this.#peak = Math.max(this.#peak, this.#sum);
  }

  unpin(vm: number, timeNs: number): void {
    this.#resize(vm, timeNs, -1);
  }

  /** A target that is the balloon's size already is not awaited. */
  setTarget(vm: number, timeNs: number, pages: number): void {
    const balloon = this.#vms.of(vm);
    countExcess(balloon, timeNs);
    if (balloon.awaitedSinceNs !== NONE) balloon.unreached++;
    balloon.target = pages;
    balloon.awaitedSinceNs = balloon.size === pages ? NONE : timeNs;
  }

  terminate(vm: number, timeNs: number): void {
    const balloon = this.#vms.of(vm);
    countExcess(balloon, timeNs);
    this.#sum -= balloon.size;
    if (balloon.awaitedSinceNs !== NONE) balloon.unreached++;
    Object.assign(balloon, { size: 0, target: 0, awaitedSinceNs: NONE });
  }

  /** Of a VM until a time; a target that is still awaited is one that was not reached. */
  observed(vm: number, endNs: number): BalloonObservations {
    const balloon = this.#vms.items.at(vm - 1) ?? newBalloon();
    return {
      peakPages: balloon.peak,
      overshootPages: balloon.overshoot,
      excessPageNs: balloon.excessPageNs + excessSince(balloon, endNs),
      targetsReached: balloon.reached,
      targetsUnreached: balloon.unreached + (balloon.awaitedSinceNs === NONE ? 0 : 1),
      timeToTargetNs: balloon.timeToTargetNs,
      maxTimeToTargetNs: balloon.maxTimeToTargetNs,
    };
  }

  save(): SavedBalloons {
    return { peak: this.#peak, vms: this.#vms.items.map((each) => ({ ...each })) };
  }

  #resize(vm: number, timeNs: number, pages: 1 | -1): Balloon {
    const balloon = this.#vms.of(vm);
    countExcess(balloon, timeNs);
    balloon.size += pages;
    this.#sum += pages;
    if (balloon.awaitedSinceNs !== NONE && balloon.size === balloon.target) reach(balloon, timeNs);
    return balloon;
  }
}

function newBalloon(): Balloon {
  return {
    size: 0,
    peak: 0,
    target: 0,
    overshoot: 0,
    excessPageNs: 0,
    untilNs: 0,
    awaitedSinceNs: NONE,
    reached: 0,
    unreached: 0,
    timeToTargetNs: 0,
    maxTimeToTargetNs: 0,
  };
}

function reach(balloon: Balloon, timeNs: number): void {
  const tookNs = timeNs - balloon.awaitedSinceNs;
  balloon.awaitedSinceNs = NONE;
  balloon.reached++;
  balloon.timeToTargetNs += tookNs;
  balloon.maxTimeToTargetNs = Math.max(balloon.maxTimeToTargetNs, tookNs);
}

function excessSince({ size, target, untilNs }: Balloon, timeNs: number): number {
  return Math.max(0, size - target) * (timeNs - untilNs);
}

function countExcess(balloon: Balloon, timeNs: number): void {
  balloon.excessPageNs += excessSince(balloon, timeNs);
  balloon.untilNs = timeNs;
}
