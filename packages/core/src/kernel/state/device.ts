import { PAGE_BYTES, NS_PER_S } from "../../units/index.ts";
import type { DeviceSpec } from "../../scenario/index.ts";

export type DeviceState = {
  freeAtNs: number[];
  linkFreeNs: number;
  lastPosition: number;
  busyNs: number;
  queueNs: number;
};

/** No time and no sum of times is counted beyond it: a run is over long before, and events carry 53 bits. */
const LAST_NS = Number.MAX_SAFE_INTEGER;

/** No request has been served yet, so none follows it. */
const NOWHERE = -2;

/**
 * A disk or a swap device. It serves a few requests simultaneously, in the order of their arrival: a request begins when one of
 * its channels is free. Their data passes one link, one request after the other. A request is done when its latency is over
 * and its data has passed.
 */
export class Device {
  private readonly spec: DeviceSpec;
  private readonly transferNs: number;
  /** Per channel: when it has done all that it was given. */
  private readonly freeAtNs: number[];
  private linkFreeNs = 0;
  private lastPosition = NOWHERE;
  /** Time that channels were taken, summed over them, of all requests given so far. */
  busyNs = 0;
  /** Time by which requests were later than on an idle device, summed over them. */
  queueNs = 0;

  constructor(spec: DeviceSpec) {
    const { bandwidthBytesPerS, queueDepth } = spec;
    this.spec = spec;
    this.transferNs = bandwidthBytesPerS === null ? 0 : Math.ceil((PAGE_BYTES * NS_PER_S) / bandwidthBytesPerS);
    this.freeAtNs = Array.from({ length: queueDepth }, () => 0);
  }

  /** Time from now until `pages` pages from this position of the medium are read by one request, queueing included. */
  read(nowNs: number, position: number, pages = 1): number {
    return this.serve(nowNs, position, pages, this.spec.readNs) - nowNs;
  }

  /** Keeps the device busy. Time from now until `pages` pages are written by one request, for callers that wait for it; most do not. */
  write(nowNs: number, position: number, pages = 1): number {
    return this.serve(nowNs, position, pages, this.spec.writeNs) - nowNs;
  }

  /** When the request is done. */
  private serve(nowNs: number, position: number, pages: number, randomNs: number): number {
    const { sequentialNs } = this.spec;
    const latencyNs = sequentialNs !== null && position === this.lastPosition + 1 ? sequentialNs : randomNs;
    this.lastPosition = position + pages - 1;
    const channel = this.freestChannel(nowNs);
    const startNs = Math.max(nowNs, this.freeAtNs[channel]);
    this.linkFreeNs = Math.max(this.linkFreeNs, startNs) + pages * this.transferNs;
    const doneNs = Math.min(LAST_NS, Math.max(startNs + latencyNs, this.linkFreeNs));
    this.freeAtNs[channel] = doneNs;
    this.busyNs = Math.min(LAST_NS, this.busyNs + doneNs - startNs);
    const queueNs = Math.max(0, doneNs - nowNs - Math.max(latencyNs, pages * this.transferNs));
    this.queueNs = Math.min(LAST_NS, this.queueNs + queueNs);
    return doneNs;
  }

  /** The first channel that is free now, or the one that is free soonest. */
  private freestChannel(nowNs: number): number {
    let freest = 0;
    for (let channel = 0; channel < this.freeAtNs.length; channel++) {
      if (this.freeAtNs[channel] <= nowNs) return channel;
      if (this.freeAtNs[channel] < this.freeAtNs[freest]) freest = channel;
    }
    return freest;
  }

  save(): DeviceState {
    const { freeAtNs, linkFreeNs, lastPosition, busyNs, queueNs } = this;
    return { freeAtNs: [...freeAtNs], linkFreeNs, lastPosition, busyNs, queueNs };
  }

  load(state: DeviceState): void {
    state.freeAtNs.forEach((freeNs, channel) => (this.freeAtNs[channel] = freeNs));
    this.linkFreeNs = state.linkFreeNs;
    this.lastPosition = state.lastPosition;
    this.busyNs = state.busyNs;
    this.queueNs = state.queueNs;
  }
}
