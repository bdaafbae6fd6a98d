import { setImmediate as turn } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import type { CommandOutcome, FaultBound, Kernel } from "@ballast/core/kernel";
import type { Pool } from "pg";
import { summariseRun } from "../run-metrics.ts";
import type { RunStatus } from "../run.ts";
import type { MadeEvents } from "../stored-metrics.ts";
import { type Ending, finishRun } from "../store/ending.ts";
import type { OpenCommand } from "../store/inbox.ts";
import type { Claim } from "../store/claim.ts";
import { setStatus } from "../store/leases.ts";
import type { Checkpointer } from "./checkpointer.ts";
import { changesStatus, type CommandInbox } from "./command-inbox.ts";
import type { EventSink } from "./event-sink.ts";
import type { KeyframeWriter } from "./keyframe-writer.ts";
import type { WorkerSignals } from "./worker-signals.ts";
import type { Outcome, ProgressReport } from "./outcome.ts";
import { TickBudget } from "./tick-budget.ts";
import { BATCH_EVENTS } from "./reexecute.ts";
import type { RestoredRun } from "./restore-run.ts";
import type { ExecutionSettings } from "./settings.ts";

export type ExecutionParts = {
  readonly pool: Pool;
  readonly claim: Claim;
  readonly settings: ExecutionSettings;
  readonly workerSignals: WorkerSignals;
  readonly pipe: EventSink;
  readonly checkpointer: Checkpointer;
  /** Undefined for a run that keeps only its figures. */
  readonly keyframes: KeyframeWriter | undefined;
  readonly inbox: CommandInbox;
  readonly report: (progress: ProgressReport) => void;
  /** Bounds the faults of a run with at most so many accesses; `measure` executes it again, if they were not recorded. */
  readonly measureFaults: { readonly maxAccesses: number; readonly measure: () => Promise<FaultBound | null> };
};

/** A run at work: simulates, stores, and listens, in turns of a few milliseconds. */
export class RunExecution {
  readonly #parts: ExecutionParts;
  readonly #run: RestoredRun;
  readonly #kernel: Kernel;
  readonly #tickBudget = new TickBudget();
  #failure: BallastError | undefined;
  #shownStatus: RunStatus | undefined;
  #flushedAtMs = performance.now();
  #hasCommands: boolean;

  constructor(parts: ExecutionParts, run: RestoredRun) {
    this.#parts = parts;
    this.#run = run;
    this.#kernel = run.kernel;
    this.#failure = run.failure;
    this.#hasCommands = run.commandPositions.length > 0;
  }

  /** @throws what appending throws. */
  async work(): Promise<Outcome> {
    const { workerSignals, pipe } = this.#parts;
    if (this.#run.unstoredEvents !== undefined) await pipe.push(this.#run.unstoredEvents, this.#kernel.machine.texts);
    for (;;) {
      if (workerSignals.takeAnnouncement()) await this.#takeCommands();
      if (this.#isOver) return await this.#finish();
      if (workerSignals.interruption === "release") return await this.#leave("released");
      if (this.#isIdle) {
        if (await this.#idle()) return await this.#leave("parked");
        continue;
      }
      workerSignals.interruption = null;
      this.#advance();
      if (this.#isFlushDue) {
        await this.#flush();
        if (!this.#isOver) await this.#showStatus();
      }
      await turn();
    }
  }

  get #isOver(): boolean {
    return this.#kernel.status === "ended";
  }

  get #isIdle(): boolean {
    return this.#run.control.isPaused || this.#kernel.status === "waiting";
  }

  get #isFlushDue(): boolean {
    const { pendingEvents } = this.#kernel;
    if (pendingEvents >= BATCH_EVENTS || this.#parts.checkpointer.isDue) return true;
    return pendingEvents > 0 && performance.now() - this.#flushedAtMs >= this.#parts.settings.flushMs;
  }

  #advance(): void {
    const kernel = this.#kernel;
    const { control } = this.#run;
    const startedMs = performance.now();
    const before = kernel.actions;
    const eventsLeft = kernel.pendingEvents + control.pauseAtPosition - kernel.machine.position;
    try {
      kernel.advance(Math.min(BATCH_EVENTS, eventsLeft), this.#tickBudget.actions);
    } catch (error) {
      this.#fail(error);
    }
    this.#tickBudget.measure(kernel.actions - before, performance.now() - startedMs);
    control.reach(kernel.machine.position);
  }

  /** An error with which the kernel has ended the run is part of its history; any other is a fault. */
  #fail(error: unknown): void {
    if (!(error instanceof BallastError) || this.#kernel.status !== "ended") throw error;
    this.#failure = error;
  }

  async #flush(): Promise<void> {
    const { pipe, checkpointer, keyframes } = this.#parts;
    const kernel = this.#kernel;
    this.#flushedAtMs = performance.now();
    if (kernel.pendingEvents > 0) {
      const batch = kernel.takeBatch();
      this.#run.observer.update(batch);
      await pipe.push(batch, kernel.machine.texts);
      kernel.giveBack(batch);
      await keyframes?.offer(kernel.machine, pipe);
    }
    if (checkpointer.isDue && !this.#isOver) checkpointer.take(pipe, this.#run);
    this.#report();
  }

  #report(): void {
    const { position } = this.#kernel.machine;
    this.#parts.report({ position, accesses: this.#kernel.accesses, isIdle: this.#isIdle });
  }

  async #takeCommands(): Promise<void> {
    for (const open of await this.#parts.inbox.take()) {
      if (this.#isOver) return;
      await this.#give(open);
    }
  }

  async #give(open: OpenCommand): Promise<void> {
    const { inbox, pipe } = this.#parts;
    const outcome = this.#command(open);
    if (outcome instanceof BallastError) return await inbox.refuse(open, outcome);
    const { position, failure } = outcome;
    this.#failure = failure ?? this.#failure;
    this.#hasCommands = true;
    this.#run.recording?.forget();
    this.#run.control.accept(open.command, position);
    await this.#flush();
    await pipe.drain();
    if (changesStatus(open.command) && !this.#isOver) await this.#showStatus();
    await inbox.accept(open, position);
  }

  /** What became of the command, or why it is refused. */
  #command({ command }: OpenCommand): CommandOutcome | BallastError {
    try {
      return this.#kernel.command(command);
    } catch (error) {
      if (!(error instanceof BallastError)) throw error;
      if (error.code === "COMMAND_INVALID") return error;
      this.#fail(error);
      return new BallastError("RUN_FAILED", `The run failed before it took the command: ${error.message}`);
    }
  }

  /** Sleeps until something is to be done. True: nothing was, for so long that the worker may be given to others. */
  async #idle(): Promise<boolean> {
    const { workerSignals, pipe, settings } = this.#parts;
    await this.#flush();
    await pipe.drain();
    await this.#showStatus();
    const startedMs = performance.now();
    await workerSignals.sleep(settings.parkMs);
    if (workerSignals.hasCommands || workerSignals.interruption === "release") return false;
    return workerSignals.interruption === "park" || performance.now() - startedMs >= settings.parkMs - 1;
  }

  async #showStatus(): Promise<void> {
    const { pool, claim } = this.#parts;
    const status = this.#run.control.isPaused ? "paused" : this.#kernel.status === "waiting" ? "waiting" : "running";
    if (status === this.#shownStatus) return;
    const isHeld = await setStatus(pool, claim, status, this.#kernel.accesses);
    if (!isHeld) throw new BallastError("LEASE_LOST", `The lease on run ${claim.run} was lost while it was ${status}.`);
    this.#shownStatus = status;
  }

  async #leave(kind: "released" | "parked"): Promise<Outcome> {
    const { pipe, checkpointer } = this.#parts;
    await this.#flush();
    await pipe.drain();
    await checkpointer.settle();
    checkpointer.take(pipe, this.#run);
    await checkpointer.settle();
    return { kind };
  }

  async #finish(): Promise<Outcome> {
    const { pool, claim, pipe, checkpointer } = this.#parts;
    await this.#flush();
    await pipe.drain();
    await checkpointer.settle();
    const ending = await this.#ending();
    return (await finishRun(pool, claim, ending)) ? { kind: "finished", status: ending.status } : { kind: "lost" };
  }

  async #ending(): Promise<Ending> {
    const { accesses, machine } = this.#kernel;
    const failure = this.#failure;
    if (failure !== undefined) {
      return { status: "failed", error: { code: failure.code, message: failure.message }, accesses, metrics: null };
    }
    const status = this.#run.control.isStopped ? "stopped" : "completed";
    const bound = status === "completed" ? await this.#measureFaults() : null;
    const metrics = summariseRun(machine, this.#run.observer, bound);
    const keepsEvents = this.#parts.keyframes !== undefined;
    return { status, error: null, accesses, metrics, made: keepsEvents || status === "stopped" ? undefined : this.#made() };
  }

  /** A stopped run is none that its scenario gives again. */
  #made(): MadeEvents {
    const { machine } = this.#kernel;
    return { headPosition: machine.position, headTimeNs: machine.timeNs, digest: this.#parts.pipe.chain.digest() };
  }

  /** Of a run whose trace is not too long, and that got no commands: only its scenario could be executed again. */
  async #measureFaults(): Promise<FaultBound | null> {
    const { measureFaults } = this.#parts;
    if (this.#hasCommands || this.#kernel.accesses > measureFaults.maxAccesses) return null;
    return this.#run.recording?.bound() ?? (await measureFaults.measure());
  }
}
