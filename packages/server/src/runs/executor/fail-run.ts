import { BallastError } from "@ballast/core/errors";
import { EventBatch, EventCode } from "@ballast/core/events";
import type { Pool } from "pg";
import { digestChainAt, eventAt, readHead, type RunHead, RunWriter } from "../../event-store/index.ts";
import { failureText } from "../failure-text.ts";
import type { RunError } from "../run.ts";
import { finishRun } from "../store/ending.ts";
import type { Claim } from "../store/claim.ts";

/** The dead worker's last append may still be on its way to Postgres: the head is then read again. */
const TRIES = 5;

/**
 * Ends a run whose worker cannot: appends its RunFailed event after the last commit, and marks it. A history that is
 * damaged takes no further event; its run is only marked. False: the lease is lost.
 * @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function failRun(pool: Pool, claim: Claim, error: RunError): Promise<boolean> {
  try {
    let triesLeft = TRIES;
    while (triesLeft > 0 && !(await appendFailure(pool, claim, error))) triesLeft--;
  } catch (refusal) {
    if (!(refusal instanceof BallastError)) throw refusal;
    if (refusal.code === "LEASE_LOST" || refusal.code === "RUN_NOT_FOUND") return false;
    if (refusal.code !== "HISTORY_DAMAGED") throw refusal;
  }
  return await finishRun(pool, claim, { status: "failed", error, accesses: null, metrics: null });
}

/** False: the head has moved meanwhile. */
async function appendFailure(pool: Pool, { run, lease }: Claim, error: RunError): Promise<boolean> {
  const head = await readHead(pool, run);
  if (head.figuresOnly !== null) return true;
  if (await hasEnded(pool, head)) return true;
  const { chain, timeNs } = await digestChainAt(pool, run, head.position);
  const text = chain.textCount + 1;
  const batch = new EventBatch(head.position + 1, 1, text);
  batch.texts = [failureText(error)];
  batch.append(EventCode.RunFailed, timeNs, 0, 0, text, 0, 0, 0);
  const writer = new RunWriter(pool, run, lease);
  try {
    await writer.appendBatch(batch, chain);
    return true;
  } catch (refusal) {
    if (refusal instanceof BallastError && refusal.code === "HEAD_MOVED") return false;
    throw refusal;
  } finally {
    writer.close();
  }
}

async function hasEnded(pool: Pool, head: RunHead): Promise<boolean> {
  if (head.position === 0) return false;
  const last = (await eventAt(pool, head.run, head.position)).types[0];
  return last === EventCode.RunFailed || last === EventCode.RunCompleted;
}
