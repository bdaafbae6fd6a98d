import { assert } from "../../assert/index.ts";
import { arrivalTimes, type Scenario, startOrder } from "../../scenario/index.ts";
import type { HostPeriods } from "../state/host-periods.ts";
import { NEVER } from "../structures/never.ts";

/** What the host does by itself at a known time. In this order where several fall on the same time. */
export type Tick = "start" | "script" | "sample" | "ageScan" | "policy" | "end";

export type ScheduleState = {
  nextStart: number;
  nextScript: number;
  nextSampleNs: number;
  nextAgeScanNs: number;
  nextPolicyNs: number;
};

/** When the host does what: VMs to switch on, scripted commands, samples, scans of ages, the policy's period, the end. */
export class Schedule {
  private readonly scenario: Scenario;
  /** When each of the scenario's VMs is switched on. */
  private readonly startTimes: readonly number[];
  /** Indexes of the scenario's VMs by ascending start. */
  private readonly starts: readonly number[];
  private readonly periods: HostPeriods;
  private nextStart = 0;
  private nextScript = 0;
  private nextSampleNs: number;
  private nextAgeScanNs: number;
  private nextPolicyNs: number;

  constructor(scenario: Scenario, periods: HostPeriods) {
    this.scenario = scenario;
    this.periods = periods;
    this.startTimes = arrivalTimes(scenario);
    this.starts = startOrder(this.startTimes);
    this.nextSampleNs = scenario.sampleNs > 0 ? scenario.sampleNs : NEVER;
    this.nextAgeScanNs = periods.ageScanNs > 0 ? periods.ageScanNs : NEVER;
    this.nextPolicyNs = periods.policyNs > 0 ? periods.policyNs : NEVER;
  }

  /** A VM is to be switched on or a scripted command to be given, or the run has a fixed end. */
  get hasWork(): boolean {
    const { script, durationNs } = this.scenario;
    return this.nextStart < this.starts.length || this.nextScript < script.length || durationNs !== null;
  }

  get nextNs(): number {
    const { script, durationNs } = this.scenario;
    const startNs = this.nextStart < this.starts.length ? this.startNs(this.starts[this.nextStart]) : NEVER;
    const scriptNs = this.nextScript < script.length ? script[this.nextScript].atNs : NEVER;
    return Math.min(startNs, scriptNs, this.nextSampleNs, this.nextAgeScanNs, this.nextPolicyNs, durationNs ?? NEVER);
  }

  /** Whether a VM is to be switched on by now. */
  isStartDue(nowNs: number): boolean {
    return this.nextStart < this.starts.length && this.startNs(this.starts[this.nextStart]) <= nowNs;
  }

  /** What is due at `nextNs`. */
  get nextTick(): Tick {
    const now = this.nextNs;
    assert(now !== NEVER, "nothing is due");
    if (this.nextStart < this.starts.length && this.startNs(this.starts[this.nextStart]) === now) return "start";
    if (this.nextScript < this.scenario.script.length && this.scenario.script[this.nextScript].atNs === now) return "script";
    if (this.nextSampleNs === now) return "sample";
    if (this.nextAgeScanNs === now) return "ageScan";
    return this.nextPolicyNs === now ? "policy" : "end";
  }

  /** Index of the VM to be switched on now. */
  takeStart(): number {
    return this.starts[this.nextStart++];
  }

  /** Index of the scripted command to be given now. */
  takeScripted(): number {
    return this.nextScript++;
  }

  sampled(): void {
    this.nextSampleNs += this.scenario.sampleNs;
  }

  agesScanned(): void {
    this.nextAgeScanNs += this.periods.ageScanNs;
  }

  policyAsked(): void {
    this.nextPolicyNs += this.periods.policyNs;
  }

  save(): ScheduleState {
    const { nextStart, nextScript, nextSampleNs, nextAgeScanNs, nextPolicyNs } = this;
    return { nextStart, nextScript, nextSampleNs, nextAgeScanNs, nextPolicyNs };
  }

  load(state: ScheduleState): void {
    this.nextStart = state.nextStart;
    this.nextScript = state.nextScript;
    this.nextSampleNs = state.nextSampleNs;
    this.nextAgeScanNs = state.nextAgeScanNs;
    this.nextPolicyNs = state.nextPolicyNs;
  }

  private startNs(index: number): number {
    return this.startTimes[index];
  }
}
