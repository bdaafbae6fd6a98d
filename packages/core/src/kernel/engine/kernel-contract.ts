import type { BallastError } from "../../errors/index.ts";
import type { KnownEvents } from "../../events/index.ts";
import type { MachineTables } from "../../memory/index.ts";
import type { ParameterValues, Policy } from "../../policy/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import type { Command } from "./command-codes.ts";

/** Everything a run is made of. */
export type KernelInput = {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly parameters: ParameterValues;
  /**
   * Scenario and parameters under the names that the run's first event has them, where a version with other names has recorded it; otherwise
   * they are printed as they are.
   */
  readonly recorded?: { readonly scenario: Scenario; readonly parameters: ParameterValues } | undefined;
  /** The recorded traces that the scenario names, by name. */
  readonly traces: ReadonlyMap<string, TraceReader>;
  /** Called right before and after the policy decides, so that an executor can end one that does not return. */
  readonly onPolicy?: (isDeciding: boolean) => void;
  /** Checks at every read that a page holds what was last written to it. For tests: it costs a table per process. */
  readonly checkContents?: boolean;
  /** Is told of every access. It costs a call per slice of hits and one per miss. */
  readonly onAccesses?: AccessObserver;
};

/** `running`: call `advance` again. `waiting`: only a command can make something happen. */
export type KernelStatus = "running" | "waiting" | "ended";

/** Everything the future of a run depends on, in a form that a structured clone or `v8.serialize` keeps. */
export type KernelSnapshot = { readonly [section: string]: unknown };

/** A command that was accepted: its event is in the run's history. */
export type CommandOutcome = {
  /** Position of its CommandAccepted event. */
  readonly position: number;
  /** With which the policy, asked because of the command, has failed the run; the RunFailed event is pending. */
  readonly failure: BallastError | undefined;
};

/**
 * The simulation. Synchronous, deterministic, without I/O: `advance` until enough events have gathered,
 * `takeBatch` and store them, again. `createKernel(input)` starts one, `restoreKernel(input, snapshot)` resumes one.
 */
export type Kernel = {
  readonly status: KernelStatus;
  /** The tables as of the last event made. Not to be changed by the caller. */
  readonly machine: MachineTables;
  /** Simulated time reached. */
  readonly timeNs: number;
  /** Accesses made so far, by all VMs. */
  readonly accesses: number;
  /** Scheduler actions done so far; a command's event carries the number at which it was given. */
  readonly actions: number;
  /** Events made since the last `takeBatch`. */
  readonly pendingEvents: number;
  /**
   * Works until at least `events` events are pending, or `actions` more actions are done, or the run waits or ends.
   * @throws BallastError POLICY_THREW, POLICY_DECISION_INVALID: the run has failed; the RunFailed event is pending.
   */
  advance(events: number, actions: number): KernelStatus;
  /**
   * Gives a command between two actions; `recorded`: as its event has it, where a version with other names has recorded it. VMs whose start is due are switched on before it, so that their events, made
   * or pending, precede its own.
   * @throws BallastError COMMAND_INVALID: the command is refused, and its history has no event of it. What switching on
   * the due VMs throws, as `advance` does: the run has failed before the command.
   */
  command(command: Command, recorded?: unknown): CommandOutcome;
  /** The pending events; the kernel starts a new batch. */
  takeBatch(): KnownEvents;
  /** Gives a batch that was taken back: its memory holds later events, so that neither it nor a part of it may be in use any more. */
  giveBack(batch: KnownEvents): void;
  /** Calls once, right before the event at a later position is made, within an action. Replaces an earlier such call. */
  callBefore(position: number, call: () => void): void;
  /** Per real page of a VM: 1 if its guest has written to it since it was loaded or written out, else 0. Empty for a VM that is off. */
  dirtyPages(vm: number): Uint8Array;
  /** Only while nothing is pending. */
  save(): KernelSnapshot;
};
