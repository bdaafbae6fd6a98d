import type { DeviceSpec } from "../scenario/index.ts";

/** A disk or swap device that serves one request after the other. */
export class Device {
  private readonly spec: DeviceSpec;
  private busyUntilNs = 0;

  constructor(spec: DeviceSpec) {
    this.spec = spec;
  }

  /** Time from now until the page is there, queueing included. */
  read(nowNs: number): number {
    this.busyUntilNs = Math.max(nowNs, this.busyUntilNs) + this.spec.readNs;
    return this.busyUntilNs - nowNs;
  }

  /** Keeps the device busy; nobody waits. */
  write(nowNs: number): void {
    this.busyUntilNs = Math.max(nowNs, this.busyUntilNs) + this.spec.writeNs;
  }

  save(): number {
    return this.busyUntilNs;
  }

  load(busyUntilNs: number): void {
    this.busyUntilNs = busyUntilNs;
  }
}
