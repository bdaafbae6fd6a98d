import type { ParameterValues } from "@ballast/core/policy";
import { listTraces, type Scenario } from "@ballast/core/scenario";
import type { Pool, PoolClient } from "pg";
import { createRunRow, RUN_INPUT } from "../../event-store/index.ts";
import { keepTracesForRun } from "../../traces/index.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Keeps } from "../run.ts";
import { postCommand } from "./inbox.ts";

/** A run that is about to be queued: everything in it was checked. */
export type NewRun = {
  /** A UUID. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  readonly isPaused: boolean;
  readonly keeps: Keeps;
  readonly label: string | null;
  /** The most that it takes. */
  readonly memoryBytes: number;
  readonly experiment: { readonly id: string; readonly place: number } | null;
};

/** Queues a run in the caller's transaction. */
export async function insertRun(pool: Pool, queue: RunQueue, client: PoolClient, run: NewRun): Promise<void> {
  const number = await insertRunRows(pool, client, run);
  if (run.isPaused) await postCommand(client, number, { kind: "pause" });
  await queue.add(client, { id: run.id, run: number }, { isUrgent: run.isPaused });
}

/** A run that no executor hears of; returns its number. */
export async function insertRunRows(pool: Pool, client: PoolClient, run: NewRun): Promise<number> {
  const number = await createRunRow(pool, { status: "queued", keepsEvents: run.keeps === "events" }, client);
  const input = [
    number,
    run.id,
    run.scenario.name,
    JSON.stringify(run.scenario),
    run.policyName,
    run.policyVersion,
    JSON.stringify(run.parameters),
    run.scenario.seed,
    run.experiment?.place ?? null,
  ];
  await client.query(
    `insert into run_jobs (${RUN_INPUT.selection}, comparison_id, memory_bytes, label)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [...input, RUN_INPUT.checksum(input), run.experiment?.id ?? null, run.memoryBytes, run.label],
  );
  await keepTracesForRun(client, number, listTraces(run.scenario));
  return number;
}
