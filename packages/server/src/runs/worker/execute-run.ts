import { BallastError } from "@ballast/core/errors";
import { EventCode } from "@ballast/core/events";
import { MAX_BOUNDED_ACCESSES } from "@ballast/core/kernel";
import type { Pool } from "pg";
import { databaseError, isDatabaseFault } from "../../database/index.ts";
import { dropCheckpoints, eventAt, readHead, readTexts, RunWriter } from "../../event-store/index.ts";
import { parseFailureText } from "../failure-text.ts";
import { finishRun } from "../store/ending.ts";
import { type Job, readJob } from "../store/job-row.ts";
import type { Claim } from "../store/claim.ts";
import { Checkpointer } from "./checkpointer.ts";
import { codeOf } from "./code-hash.ts";
import { CommandInbox } from "./command-inbox.ts";
import { CommitPipe } from "./commit-pipe.ts";
import { addTraces, type PolicyAccess, type RunInput, withKernelInput } from "./kernel-input.ts";
import { DigestSink } from "./event-sink.ts";
import { KeyframeWriter } from "./keyframe-writer.ts";
import { measureFaultBound } from "./measure-fault-bound.ts";
import type { WorkerSignals } from "./worker-signals.ts";
import type { Outcome, ProgressReport } from "./outcome.ts";
import { restoreForFigures, restoreRun } from "./restore-run.ts";
import { RunExecution } from "./run-execution.ts";
import type { ExecutionSettings } from "./settings.ts";

export type ExecutionContext = PolicyAccess & {
  readonly pool: Pool;
  readonly workerSignals: WorkerSignals;
  readonly settings: ExecutionSettings;
  readonly report: (progress: ProgressReport) => void;
  /** Called with what no caller waits for, such as a damaged checkpoint; optional. */
  readonly notice?: (what: string) => void;
};

/** Accesses up to which a run that is not compared is bounded. One that was interrupted is executed again for it. */
const MAX_BOUNDED_ALONE = 2 ** 26;

/** Takes a claimed run from where its history ends to its end, or until it is interrupted. Never throws. */
export async function executeRun(claim: Claim, context: ExecutionContext): Promise<Outcome> {
  try {
    return (await finishFailed(claim, context.pool)) ?? (await resumeExecution(claim, context));
  } catch (error) {
    return outcomeOf(error);
  }
}

async function resumeExecution(claim: Claim, context: ExecutionContext): Promise<Outcome> {
  const job = await readJob(context.pool, claim.run);
  return await withKernelInput(context.pool, job, context, (input) =>
    job.keepsEvents ? goOnWith(claim, context, job, input) : makeFigures(claim, context, job, input),
  );
}

async function goOnWith(claim: Claim, context: ExecutionContext, job: Job, input: RunInput): Promise<Outcome> {
  const { pool, settings, workerSignals, report } = context;
  const { run, lease } = claim;
  const maxBoundedAccesses = job.isCompared ? MAX_BOUNDED_ACCESSES : MAX_BOUNDED_ALONE;
  const restored = await restoreRun(pool, run, input, { maxBoundedAccesses, notice: context.notice });
  const writer = new RunWriter(pool, run, lease);
  const pipe = new CommitPipe(writer, restored.chain, settings.retryForMs);
  const { checkpointPosition, commandPositions } = restored;
  const checkpointer = new Checkpointer(pool, run, codeOf(input), settings.checkpointMs, checkpointPosition);
  const keyframes = new KeyframeWriter(pool, run, restored.chain.lastPosition);
  const inbox = new CommandInbox(pool, run, commandPositions, () => addTraces(pool, run, input.traces));
  const measureFaults = { maxAccesses: maxBoundedAccesses, measure: () => measureFaultBound(input) };
  const parts = { pool, claim, settings, workerSignals, pipe, checkpointer, keyframes, inbox, report, measureFaults };
  try {
    return await new RunExecution(parts, restored).work();
  } finally {
    writer.close();
    await Promise.all([checkpointer.settle(), keyframes.settle()]);
  }
}

/** Executes a run of which no event is stored. Its checkpoints are of no use after its end. */
async function makeFigures(claim: Claim, context: ExecutionContext, job: Job, input: RunInput): Promise<Outcome> {
  const { pool, settings, workerSignals, report } = context;
  const { run } = claim;
  const maxBoundedAccesses = job.isCompared ? MAX_BOUNDED_ACCESSES : MAX_BOUNDED_ALONE;
  const restored = await restoreForFigures(pool, run, input, { maxBoundedAccesses, notice: context.notice });
  const pipe = new DigestSink(restored.chain);
  const checkpointer = new Checkpointer(pool, run, codeOf(input), settings.checkpointMs, restored.checkpointPosition);
  const inbox = new CommandInbox(pool, run, [], () => addTraces(pool, run, input.traces));
  const measureFaults = { maxAccesses: maxBoundedAccesses, measure: () => measureFaultBound(input) };
  const parts = { pool, claim, settings, workerSignals, pipe, checkpointer, keyframes: undefined, inbox, report, measureFaults };
  try {
    const outcome = await new RunExecution(parts, restored).work();
    if (outcome.kind === "finished" && checkpointer.lastPosition > 0) await dropCheckpoints(pool, run);
    return outcome;
  } finally {
    await checkpointer.settle();
  }
}

/** A kill may have come between the RunFailed event and the run's status. */
async function finishFailed(claim: Claim, pool: Pool): Promise<Outcome | undefined> {
  const { position } = await readHead(pool, claim.run);
  if (position === 0) return undefined;
  const last = await eventAt(pool, claim.run, position);
  if (last.types[0] !== EventCode.RunFailed) return undefined;
  const text = last.a[0] ?? 0;
  const [message = ""] = await readTexts(pool, claim.run, text, text);
  const error = parseFailureText(message);
  const isHeld = await finishRun(pool, claim, { status: "failed", error, accesses: null, metrics: null });
  return isHeld ? { kind: "finished", status: "failed" } : { kind: "lost" };
}

function outcomeOf(error: unknown): Outcome {
  const told = databaseError(error);
  const code = told instanceof BallastError ? told.code : "INTERNAL";
  const message = told instanceof Error ? told.message : String(told);
  if (isDatabaseFault(told)) return { kind: "unstored", message };
  switch (code) {
    case "LEASE_LOST":
    case "RUN_NOT_FOUND":
      return { kind: "lost" };
    case "HEAD_MOVED":
      return { kind: "released" };
    default:
      return { kind: "failed", error: { code, message } };
  }
}
