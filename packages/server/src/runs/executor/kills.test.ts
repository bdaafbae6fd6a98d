import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Prng } from "@ballast/core/prng";
import { createPool, type Pool } from "../../database/index.ts";
import { verifyStoredDigest } from "../../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import type { Run } from "../run.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { RunQueue } from "../queue/run-queue.ts";
import { createRunService } from "../service/create-run-service.ts";
import type { RunService } from "../run-service.ts";
import { loadPolicies } from "../../installed-policies/index.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

const KILLS = caseCount(4, 200);
const ACCESSES = isLongRun ? 2_000_000 : 40_000;
/** From the claim, or from the first commit after it, to the kill. */
const MAX_LIFE_MS = isLongRun ? 1_000 : 150;
const LEASE_MS = 300;
const SEED = Number(process.env["BALLAST_SEED"] ?? Date.now() % 1_000_000_000);

describe("a server that is killed", () => {
  let database: TestDatabase;
  let pool: Pool;
  let runs: RunService;
  let queue: RunQueue;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.connectionString);
    const { getPolicy: findPolicy } = await loadPolicies([]);
    queue = new RunQueue(pool);
    runs = createRunService({ pool, queue, connectionString: database.connectionString, findPolicy });
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all([runs.close(), queue.close()]);
    await pool.end();
    await database.drop();
  });

  async function startProcess(): Promise<ChildProcess> {
    const file = new URL("executor-process.fixture.ts", import.meta.url);
    const child = fork(file, [database.connectionString, String(LEASE_MS)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    children.add(child);
    await once(child, "message");
    return child;
  }

  async function end(child: ChildProcess | undefined, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  const untilEnded = async (id: string): Promise<Run> => {
    await runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, AbortSignal.timeout(300_000));
    return await runs.getRun(id);
  };

  const untilHeadIsBeyond = async (id: string, position: number): Promise<void> => {
    await runs.watchRun(id).wait(position, AbortSignal.timeout(60_000));
  };

  type Holder = { readonly epoch: number; readonly pid: number };

  /**
   * Comes back when an executor has taken up the run after an epoch; its process id is the second part of its name.
   * Undefined if the run has come to its end.
   */
  async function untilClaimed(run: Run, epoch: number): Promise<Holder | undefined> {
    for (;;) {
      const { rows } = await pool.query<{ lease_epoch: number; lease_owner: string | null; status: string }>(
        "select lease_epoch, lease_owner, status from runs where id = $1",
        [run.logId],
      );
      const row = rows[0];
      if (row?.status === "completed") return undefined;
      if (row !== undefined && row.lease_epoch > epoch) {
        return { epoch: row.lease_epoch, pid: Number(row.lease_owner?.split(":")[1]) };
      }
      await sleep(5);
    }
  }

  type Kills = { left: number; readonly positions: Set<string>; readonly rng: Prng };

  /** Kills the owner of the run's lease, again and again, until enough were killed or the run has ended. */
  async function disturb(run: Run, servers: ChildProcess[], kills: Kills): Promise<void> {
    let epoch = 0;
    let head = 0;
    while (kills.left > 0) {
      const holder = await untilClaimed(run, epoch);
      if (holder === undefined) return;
      epoch = holder.epoch;
      // Every other one may be killed while it starts and executes again, the others while they append.
      if (kills.left % 2 === 0) await untilHeadIsBeyond(run.id, head);
      await sleep(kills.rng.nextBelow(MAX_LIFE_MS));
      const at = servers.findIndex(({ pid }) => pid === holder.pid);
      await end(servers[at], "SIGKILL");
      servers[at] = await startProcess();
      const { status, headPosition } = await runs.getRun(run.id);
      // It came too late: such a kill shows nothing and is not counted.
      if (status !== "running") return;
      head = headPosition;
      kills.left--;
      kills.positions.add(`${run.logId}:${head}`);
    }
  }

  test(
    `continues after ${KILLS} kills at random moments to the digest of an undisturbed run`,
    async () => {
      console.log(`kills at random moments: BALLAST_SEED=${SEED}`);
      const scenario = thrashingScenario(ACCESSES);
      const undisturbed = await runs.startRun({ scenario });
      const first = await startProcess();
      const expected = await untilEnded(undisturbed.id);
      await end(first, "SIGTERM");

      // One works, another stands by. On a fast machine a run ends before it was killed so often: then another one.
      const servers = await Promise.all([startProcess(), startProcess()]);
      const kills: Kills = { left: KILLS, positions: new Set(), rng: Prng.named(SEED, "kills") };
      for (let count = 0; kills.left > 0; count++) {
        expect(count).toBeLessThan(20 * KILLS);
        const run = await runs.startRun({ scenario });
        await disturb(run, servers, kills);
        const found = await untilEnded(run.id);
        expect(found.error).toBeNull();
        const { digest, headPosition } = expected;
        expect(found).toMatchObject({ status: "completed", digest, headPosition });
        expect(await verifyStoredDigest(pool, found.logId)).toEqual({ position: headPosition, digest });
      }
      await Promise.all(servers.map((child) => end(child, "SIGTERM")));
      // Otherwise the kills did not meet the runs at work, and the test has shown nothing.
      expect(kills.positions.size).toBeGreaterThanOrEqual(KILLS / 2);
      console.log(`killed at run:position ${[...kills.positions].join(", ")}; each of ${expected.headPosition} events`);
    },
    isLongRun ? 1_800_000 : 180_000,
  );
});
