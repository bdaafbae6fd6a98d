import { BallastError } from "../../errors/index.ts";
import {
  CommandAccepted,
  type KnownEvents,
  MemoryState,
  RunCompleted,
  RunEnd,
  RunFailed,
  ScriptedCommandSkipped,
} from "../../events/index.ts";
import type { MachineTables } from "../../memory/index.ts";
import { startVm } from "../guest/admission.ts";
import { COMMAND_CODES, type Command } from "./command-codes.ts";
import { carryOutCommand, checkCommand, findCommandFault } from "./command-execution.ts";
import { MAX_RUN_NS, printCanonicalJson } from "../../scenario/index.ts";
import { Foresight } from "./foresight.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { CommandOutcome, Kernel, KernelSnapshot, KernelStatus } from "./kernel-contract.ts";
import { updateMemoryState } from "../hypervisor/memory-state-change.ts";
import type { ObservationCause } from "../../policy/index.ts";
import type { PolicyRunner } from "../policy/policy-runner.ts";
import { scanAges } from "../hypervisor/measuring/age-scan.ts";
import { runVm } from "./run-vm.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { VmActivity } from "./vm-activity.ts";
import { NEVER } from "../structures/never.ts";
import { recordSamples } from "../hypervisor/samples.ts";
import type { SimulationParts } from "./simulation-parts.ts";
import { saveSimulation } from "./snapshot.ts";
import type { Schedule } from "./schedule.ts";

/**
 * A run in which every VM with work is suspended ends, unless a command can continue it, when the policy has resumed none
 * at this many periods in a row. Assumed: long enough for any policy that suspends for a time.
 */
const MAX_SUSPENDED_PERIODS = 1000;

/** From low to high, freeing memory changes the state no more often than there are states. */
const MEMORY_STATES = Object.keys(MemoryState).length;

/** Whether what comes next comes after the last time that a run may reach. */
function isTimeOver(ns: number): boolean {
  return ns >= MAX_RUN_NS && ns !== NEVER;
}

/** Discrete events: the VM that is furthest behind, or the host's schedule, does the next thing. One thing is an action. */
export class Simulation implements Kernel {
  private readonly parts: SimulationParts;
  private readonly host: HostRuntime;
  private readonly policyRunner: PolicyRunner;
  private readonly schedule: Schedule;
  private readonly activity: VmActivity;
  /** Made once, and not for each action. */
  private readonly afterFault = (): void => this.settleMemoryState();
  private readonly onCarriedOut = (vm: VmRuntime | undefined): void => this.activity.changed(vm);

  constructor(parts: SimulationParts) {
    this.parts = parts;
    this.host = parts.host;
    this.policyRunner = parts.policyRunner;
    this.schedule = parts.schedule;
    this.activity = new VmActivity(parts.host);
    this.host.onAccesses = parts.input.onAccesses;
    this.host.hasDiskMapper = this.policyRunner.capabilities.includes("diskMapper");
    if (this.policyRunner.capabilities.includes("foresight")) this.host.foresight = new Foresight(this.host, parts.input.traces);
    this.host.onShortage = (neededPages) => this.askPolicy("shortage", neededPages);
  }

  get status(): KernelStatus {
    return this.parts.status;
  }

  get machine(): MachineTables {
    return this.host.machine;
  }

  get timeNs(): number {
    return this.host.recorder.nowNs;
  }

  get actions(): number {
    return this.parts.actions;
  }

  get accesses(): number {
    let sum = 0;
    for (const vm of this.host.vms) sum += vm?.accesses ?? 0;
    return sum;
  }

  get pendingEvents(): number {
    return this.host.recorder.batch.length;
  }

  advance(events: number, actions: number): KernelStatus {
    this.guard(() => {
      const end = this.parts.actions + actions;
      while (this.parts.status === "running" && this.parts.actions < end && this.pendingEvents < events) this.act(end);
    });
    return this.parts.status;
  }

  command(command: Command, recorded: unknown = command): CommandOutcome {
    if (this.parts.status === "ended") {
      throw new BallastError("COMMAND_INVALID", "The run has ended; a command needs a run that has not ended.");
    }
    this.startDueVms();
    checkCommand(this.host, command);
    const { recorder } = this.host;
    const text = recorder.stringId(printCanonicalJson(recorded));
    recorder.record(CommandAccepted, text, COMMAND_CODES[command.kind], this.actions);
    const { position } = this.machine;
    try {
      this.guard(() => this.carryOut(command));
    } catch (failure) {
      if (!(failure instanceof BallastError)) throw failure;
      return { position, failure };
    }
    return { position, failure: undefined };
  }

  takeBatch(): KnownEvents {
    return this.host.recorder.takeBatch();
  }

  giveBack(batch: KnownEvents): void {
    this.host.recorder.giveBack(batch);
  }

  callBefore(position: number, call: () => void): void {
    this.host.recorder.callBefore(position, call);
  }

  dirtyPages(vm: number): Uint8Array {
    const runtime = this.host.vms[vm - 1];
    return runtime?.isOn === true ? runtime.accessBits.copyDirty() : new Uint8Array(0);
  }

  save(): KernelSnapshot {
    return saveSimulation(this.parts);
  }

  /** A command may come before the first action, and speak of VMs that are switched on from the beginning. */
  private startDueVms(): void {
    while (this.parts.status === "running" && this.schedule.isStartDue(this.host.recorder.nowNs)) {
      this.guard(() => this.act(this.parts.actions + 1));
    }
  }

  /** A failure of the policy ends the run: recorded, then thrown on. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      if (thrown instanceof BallastError && this.parts.status !== "ended") {
        const { recorder } = this.host;
        recorder.decision = 0;
        recorder.record(RunFailed, recorder.stringId(`${thrown.code}: ${thrown.message}`));
        this.parts.status = "ended";
      }
      throw thrown;
    }
  }

  /** One action; or several, but no more than there are up to the number `end`, if nothing can come between them. */
  private act(end: number): void {
    this.parts.actions++;
    if (this.host.checksContents) this.activity.check();
    const vm = this.activity.furthestBehind;
    const tickNs = this.schedule.nextNs;
    const vmNs = vm?.nextNs ?? NEVER;
    if (isTimeOver(Math.min(tickNs, vmNs))) return this.end(RunEnd.TimeExhausted);
    if (vm === undefined || tickNs <= vmNs) this.tick(tickNs);
    else {
      const othersNs = this.activity.othersNextNs(vm);
      const furtherActions = end - this.parts.actions;
      runVm(this.host, vm, { othersNs, tickNs: Math.min(tickNs, MAX_RUN_NS), furtherActions, counter: this.parts }, this.afterFault);
      this.activity.changed(vm);
    }
    this.updateStatus();
  }

  private carryOut(command: Command): void {
    carryOutCommand(this.host, command, this.parts.input.traces);
    this.activity.changedAny();
    if (command.kind === "stop") return this.end(RunEnd.Stopped);
    this.settleMemoryState();
    this.parts.suspendedPeriods = 0;
    this.parts.status = "running";
    this.updateStatus();
  }

  private askPolicy(cause: ObservationCause, neededPages: number): void {
    this.policyRunner.ask(cause, neededPages, this.onCarriedOut);
  }

  private tick(tickNs: number): void {
    if (tickNs === NEVER) return;
    const { recorder, scenario } = this.host;
    recorder.advanceTo(tickNs);
    switch (this.schedule.nextTick) {
      case "start":
        startVm(this.host, scenario.vms[this.schedule.takeStart()], this.parts.input.traces);
        this.activity.changed(this.host.vms[this.machine.vms.length - 1]);
        break;
      case "script":
        this.runScriptedCommand(this.schedule.takeScripted());
        this.activity.changedAny();
        break;
      case "sample":
        this.schedule.sampled();
        return recordSamples(this.host);
      case "ageScan":
        this.schedule.agesScanned();
        for (const vm of this.host.vms) if (vm?.isOn) scanAges(this.host, vm);
        return;
      case "policy":
        this.schedule.policyAsked();
        this.policyRunner.tick(this.onCarriedOut);
        this.parts.suspendedPeriods = this.activity.isAllWorkSuspended ? this.parts.suspendedPeriods + 1 : 0;
        break;
      case "end":
        return this.end(RunEnd.DurationReached);
    }
    this.settleMemoryState();
  }

  /** A command is skipped, and that recorded, if its VM or process is not what the script takes it for. */
  private runScriptedCommand(index: number): void {
    const { command } = this.host.scenario.script[index];
    const reason = findCommandFault(this.host, command);
    if (reason === undefined) return carryOutCommand(this.host, command, this.parts.input.traces);
    const { recorder } = this.host;
    const recorded = (this.parts.input.recorded ?? this.parts.input).scenario.script[index];
    const [text, kind] = [recorder.stringId(printCanonicalJson(recorded?.command ?? command)), COMMAND_CODES[command.kind]];
    recorder.record(ScriptedCommandSkipped, text, kind, recorder.stringId(reason));
  }

  /**
   * After anything that may have changed how much memory is free. What the policy frees now is checked with the next
   * step; but while a VM is suspended, immediately, because it may be the one that would take that step.
   */
  private settleMemoryState(): void {
    if (this.host.isOneLevel) return;
    this.host.checkCounts();
    for (let changes = 0; changes < MEMORY_STATES && updateMemoryState(this.host); changes++) {
      this.askPolicy("memoryState", 0);
      if (!this.host.vms.some((vm) => vm?.memory.isSuspended)) return;
    }
  }

  private updateStatus(): void {
    if (this.parts.status !== "running" || this.schedule.hasWork) return;
    const { vms } = this.host;
    const isSuspended = this.activity.isAllWorkSuspended;
    if (isSuspended ? this.mayResume() : this.activity.hasWork) return;
    const isInteractive = vms.some((vm) => vm?.isInteractive);
    if (!isInteractive) return this.end(isSuspended ? RunEnd.WorkSuspended : RunEnd.WorkloadsFinished);
    if (!vms.some((vm) => vm?.isUnsettled())) this.parts.status = "waiting";
  }

  /** Whether the policy may still resume a suspended VM: at its period, or when a balloon changes the memory state. */
  private mayResume(): boolean {
    if (this.policyRunner.periodNs > 0) return this.parts.suspendedPeriods < MAX_SUSPENDED_PERIODS;
    return this.host.vms.some((vm) => vm?.isUnsettled());
  }

  private end(reason: RunEnd): void {
    const { recorder } = this.host;
    if (reason === RunEnd.WorkloadsFinished) {
      for (const vm of this.host.vms) {
        if (vm?.isOn) recorder.advanceTo(Math.min(vm.clockNs, Number.MAX_SAFE_INTEGER));
      }
    }
    recordSamples(this.host);
    recorder.record(RunCompleted, reason);
    this.parts.status = "ended";
  }
}
