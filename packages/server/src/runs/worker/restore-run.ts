import { BallastError } from "@ballast/core/errors";
import type { EventBatch } from "@ballast/core/events";
import { type BoundedKernel, countAccesses, createBoundedKernel, createKernel, type Kernel, restoreKernel } from "@ballast/core/kernel";
import { RunObserver } from "@ballast/core/projections";
import type { Pool } from "pg";
import { setImmediate as turn } from "node:timers/promises";
import { DigestChain, latestCheckpoint, readHead, type RunHead } from "../../event-store/index.ts";
import { type CheckpointState, decodeCheckpoint } from "./checkpoint-state.ts";
import { codeOf } from "./code-hash.ts";
import { cutBatch } from "./cut-batch.ts";
import type { RunInput } from "./kernel-input.ts";
import { readRecordedCommands, type RecordedCommand } from "./recorded-commands.ts";
import { requireSameCatalogue } from "./recorded-catalogue.ts";
import { reexecute } from "./reexecute.ts";
import { RunControl } from "./run-control.ts";

/** A run restored to the end of its history, ready to continue. */
export type RestoredRun = {
  readonly kernel: Kernel;
  readonly chain: DigestChain;
  readonly control: RunControl;
  readonly observer: RunObserver;
  /** Of the bound on the run's faults; undefined if its accesses are not recorded, or not from the first one on. */
  readonly recording: FaultRecording | undefined;
  /** Events of the last action beyond the head: they are still to be stored. */
  readonly unstoredEvents: EventBatch | undefined;
  /** With which the kernel failed the run, if it did. */
  readonly failure: BallastError | undefined;
  /** Positions of the commands in the run's history, ascending. */
  readonly commandPositions: readonly number[];
  /** Position of the checkpoint used; 0 if the run was executed from its start. */
  readonly checkpointPosition: number;
};

export type FaultRecording = Pick<BoundedKernel, "bound" | "forget">;

export type RestoreOptions = {
  /** Accesses up to which a run is bounded. */
  readonly maxBoundedAccesses: number;
  readonly notice?: ((what: string) => void) | undefined;
};

/**
 * Brings a run back to its head: from its newest checkpoint or from its start, by executing again what came after.
 * Nothing is stored. Equal digests show that the history is being continued and not another one. A damaged checkpoint is passed
 * over for the one before or the start, and `notice` hears of it.
 * @throws BallastError HISTORY_DAMAGED with the positions of a damaged commit that is needed; RUN_DIVERGED if the events stored are not what the scenario and the commands give.
 */
export async function restoreRun(
  pool: Pool,
  run: number,
  input: RunInput,
  { maxBoundedAccesses, notice = () => undefined }: RestoreOptions,
): Promise<RestoredRun> {
  const head = await readHead(pool, run);
  await requireSameCatalogue(pool, head);
  const commands = await readRecordedCommands(pool, run, 0, head.position);
  const saved = await latestCheckpoint(pool, run, head.position, (position, what) =>
    notice(`the checkpoint at position ${position} ${what}; the run begins at an older one or at its start`),
  );
  const state = saved === undefined ? undefined : decodeCheckpoint(codeOf(input), saved.bytes);
  const isBounded = commands.length === 0 && countAccesses(input) <= maxBoundedAccesses;
  if (state === undefined) return await catchUp(head, commands, fromStart(input, isBounded));
  try {
    return await catchUp(head, commands, fromCheckpoint(input, state));
  } catch (error) {
    // A checkpoint that cannot be followed is no proof that the history cannot: its start decides.
    if (!(error instanceof BallastError) || error.code !== "RUN_DIVERGED") throw error;
    return await catchUp(head, commands, fromStart(input, isBounded));
  }
}

/**
 * Brings a run back that keeps only its figures: to its newest checkpoint, or its start. What it did after that is done again.
 */
export async function restoreForFigures(
  pool: Pool,
  run: number,
  input: RunInput,
  { maxBoundedAccesses, notice = () => undefined }: RestoreOptions,
): Promise<RestoredRun> {
  const saved = await latestCheckpoint(pool, run, undefined, (position, what) =>
    notice(`the checkpoint at position ${position} ${what}; the run begins at an older one or at its start`),
  );
  const state = saved === undefined ? undefined : decodeCheckpoint(codeOf(input), saved.bytes);
  const isBounded = countAccesses(input) <= maxBoundedAccesses;
  const beginning = state === undefined ? fromStart(input, isBounded) : fromCheckpoint(input, state);
  return { ...beginning, unstoredEvents: undefined, failure: undefined, commandPositions: [] };
}

type Beginning = Pick<RestoredRun, "kernel" | "recording" | "chain" | "control" | "observer" | "checkpointPosition">;

function fromStart(input: RunInput, isBounded: boolean): Beginning {
  const bounded = isBounded ? createBoundedKernel(input) : undefined;
  const kernel = bounded?.kernel ?? createKernel(input);
  const [chain, control, observer] = [new DigestChain(), new RunControl(), new RunObserver()];
  return { kernel, recording: bounded, chain, control, observer, checkpointPosition: 0 };
}

function fromCheckpoint(input: RunInput, state: CheckpointState): Beginning {
  return {
    kernel: restoreKernel(input, state.kernel),
    recording: undefined,
    chain: DigestChain.restore(state.chain),
    control: RunControl.restore(state.control),
    observer: new RunObserver(state.observer),
    checkpointPosition: state.position,
  };
}

async function catchUp(head: RunHead, commands: readonly RecordedCommand[], beginning: Beginning): Promise<RestoredRun> {
  const { kernel, recording, chain, control, observer, checkpointPosition } = beginning;
  const later = commands.filter((command) => command.position > checkpointPosition);
  const again = head.position === 0 ? nothing() : reexecute(kernel, later, head.position);
  let unstoredEvents: EventBatch | undefined;
  let step = again.next();
  for (; step.done !== true; step = again.next()) {
    const batch = step.value;
    const known = Math.min(batch.length, head.position - batch.firstPosition + 1);
    chain.update(cutBatch(batch, 0, known, chain.textCount, kernel.machine.texts));
    observer.update(batch);
    if (known < batch.length) unstoredEvents = batch.slice(known, batch.length);
    // The worker's messages are read in between.
    await turn();
  }
  for (const { command, position } of later) control.accept(command, position);
  control.reach(head.position);
  if (chain.digest() !== head.digest) throw differs(head, chain, checkpointPosition);
  const commandPositions = commands.map(({ position }) => position);
  return {
    kernel,
    recording,
    chain,
    control,
    observer,
    unstoredEvents,
    failure: step.value ?? undefined,
    commandPositions,
    checkpointPosition,
  };
}

/** The events of the start stay pending, to be stored as any others. */
function* nothing(): Generator<EventBatch, undefined, void> {}

function differs(head: RunHead, chain: DigestChain, checkpointPosition: number): BallastError {
  const digests = `${chain.digest().slice(0, 12)}, not ${head.digest.slice(0, 12)}`;
  return new BallastError(
    "RUN_DIVERGED",
    `Executed again from position ${checkpointPosition}, the run has the digest ${digests} at position ` +
      `${head.position}. ` +
      "It was made by another version of Ballast or of its policy; verify it to see the first position that differs.",
  );
}
