import type { MessagePort } from "node:worker_threads";
import { BallastError } from "@ballast/core/errors";
import { createPool, type Pool } from "../../database/index.ts";
import { CallGuard, loadInstalledPolicy } from "../../installed-policies/index.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "../executor/messages.ts";
import { ActivityServer } from "../activity/activity-server.ts";
import { readJob } from "../store/job-row.ts";
import { executeRun } from "./execute-run.ts";
import { type PolicyAccess, withKernelInput } from "./kernel-input.ts";
import { WorkerSignals } from "./worker-signals.ts";
import { verifyRun } from "./verify-run.ts";

/** One for the log, one for checkpoints and keyframes, one for commands and the status. */
const CONNECTIONS = 3;

/** Serves the thread that owns this worker: one run after the other, until it is terminated. */
export function serveWorker(port: MessagePort, setup: WorkerSetup): void {
  const pool = createPool(setup.connectionString, { max: CONNECTIONS });
  const guard = new CallGuard(setup.guard);
  const findPolicy: PolicyAccess["findPolicy"] = (name) => loadInstalledPolicy(name, setup.isolatedPolicies);
  const access = { findPolicy, policyLimits: setup.policyLimits, guard };
  let workerSignals = new WorkerSignals();
  const tell = (message: FromWorker): void => port.postMessage(message);
  const activities = new ActivityServer(pool, access, (message, transferred = []) => port.postMessage(message, [...transferred]));
  port.on("message", (message: ToWorker) => {
    switch (message.kind) {
      case "execute": {
        workerSignals = new WorkerSignals();
        const report = (progress: Extract<FromWorker, { kind: "progress" }>["progress"]): void => tell({ kind: "progress", progress });
        const notice = (what: string): void => tell({ kind: "notice", what });
        const context = { ...access, pool, workerSignals, settings: setup.settings, report, notice };
        void executeRun(message.claim, context).then((outcome) => tell({ kind: "outcome", outcome }));
        return;
      }
      case "verify":
        void verify(pool, message.run, access).then(tell);
        return;
      case "activity":
        return void activities.answer(message.run, message.position);
      case "cancel":
        return activities.cancel();
      case "commands":
        return workerSignals.announceCommands();
      case "interrupt":
        return workerSignals.interrupt(message.how);
    }
  });
}

async function verify(pool: Pool, run: number, access: PolicyAccess): Promise<FromWorker> {
  try {
    const job = await readJob(pool, run);
    const verified = await withKernelInput(pool, job, access, (input) => verifyRun(pool, run, input));
    return { kind: "verified", verified };
  } catch (error) {
    const code = error instanceof BallastError ? error.code : "INTERNAL";
    return { kind: "refused", error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
