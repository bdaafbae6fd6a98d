import { BallastError } from "@ballast/core/errors";
import type { KernelInput } from "@ballast/core/kernel";
import type { Policy } from "@ballast/core/policy";
import type { TraceReader } from "@ballast/core/trace";
import type { Pool } from "pg";
import { loadTraceByDigest, openTraceReader, tracesOfRun } from "../../traces/index.ts";
import type { Job } from "../store/job-row.ts";
import { guardPolicy, type PolicyGuard } from "./policy-guard.ts";

/** Finds an installed policy by its name. @throws BallastError POLICY_NOT_FOUND. */
export type FindPolicy = (name: string) => Policy;

export type RunTraces = Map<string, TraceReader>;

/** @throws BallastError POLICY_NOT_FOUND, also for another version than the run was started with; TRACE_NOT_FOUND. */
export async function kernelInput(
  pool: Pool,
  job: Job,
  findPolicy: FindPolicy,
  guard: PolicyGuard,
): Promise<KernelInput & { readonly traces: RunTraces }> {
  const policy = findPolicy(job.policyName);
  if (policy.version !== job.policyVersion) {
    throw new BallastError(
      "POLICY_NOT_FOUND",
      `The run needs version ${job.policyVersion} of the policy ${job.policyName}, which gave its history so far; ` +
        "version " +
        `${policy.version} is installed. Install that version to go on, or start the scenario again.`,
    );
  }
  const traces: RunTraces = new Map();
  await addTraces(pool, job.run, traces);
  return {
    scenario: job.scenario,
    policy: guardPolicy(policy, guard),
    parameters: job.parameters,
    traces,
    onPolicy: (isDeciding) => guard.mark(isDeciding),
  };
}

/** Loads those of a run's traces that are not there yet: a command may have brought a VM that replays another one. */
export async function addTraces(pool: Pool, run: number, traces: RunTraces): Promise<void> {
  for (const { name, digest } of await tracesOfRun(pool, run)) {
    if (!traces.has(name)) traces.set(name, openTraceReader(await loadTraceByDigest(pool, digest)));
  }
}
