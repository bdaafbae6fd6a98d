import { BallastError } from "@ballast/core/errors";
import type { KernelInput } from "@ballast/core/kernel";
import type { TraceReader } from "@ballast/core/trace/stored";
import type { Pool } from "pg";
import {
  type CallGuard,
  type InstalledPolicy,
  isIsolated,
  openIsolatedPolicy,
  type OpenPolicy,
  type PolicyLimits,
} from "../../installed-policies/index.ts";
// Not the whole of traces, with every format that is imported: each thread that executes runs loads this.
import { loadTraceByDigest, openTraceReader } from "../../traces/load-trace.ts";
import { tracesOfRun } from "../../traces/run-traces.ts";
import type { Job } from "../store/job-row.ts";
import { guardPolicy } from "./policy-guard.ts";

/** Finds an installed policy by its name. @throws BallastError POLICY_NOT_FOUND. */
export type FindPolicy = (name: string) => InstalledPolicy;

/** Where the policies of runs come from, and what watches them. */
export type PolicyAccess = {
  readonly findPolicy: (name: string) => InstalledPolicy | Promise<InstalledPolicy>;
  readonly policyLimits: PolicyLimits;
  readonly guard: CallGuard;
};

export type RunTraces = Map<string, TraceReader>;

export type RunInput = KernelInput & {
  readonly traces: RunTraces;
  /** Of the files of a policy that does not come with Ballast; undefined for one that does. */
  readonly policyDigest: string | undefined;
};

/**
 * Gives the work everything that a kernel of the run is made of. The process of a policy that does not come with Ballast is
 * started for it, and ended when the work is.
 * @throws BallastError POLICY_NOT_FOUND, also for another version than the run was started with; POLICY_* of the process;
 * TRACE_NOT_FOUND.
 */
export async function withKernelInput<Result>(
  pool: Pool,
  job: Job,
  access: PolicyAccess,
  work: (input: RunInput) => Promise<Result>,
): Promise<Result> {
  const installed = await findPolicyOf(job, access);
  const traces: RunTraces = new Map();
  await addTraces(pool, job.run, traces);
  const { scenario, parameters, recorded } = job;
  const { guard } = access;
  const { policy, filesDigest, close } = openPolicy(installed, access);
  try {
    const onPolicy = (isDeciding: boolean): void => guard.mark(isDeciding);
    return await work({ scenario, policy, parameters, recorded, traces, onPolicy, policyDigest: filesDigest });
  } finally {
    close();
  }
}

function openPolicy(installed: InstalledPolicy, { policyLimits, guard }: PolicyAccess): OpenPolicy {
  if (isIsolated(installed)) return openIsolatedPolicy(installed, policyLimits, guard);
  return { policy: guardPolicy(installed, guard), filesDigest: undefined, close: () => undefined };
}

async function findPolicyOf(job: Job, { findPolicy }: PolicyAccess): Promise<InstalledPolicy> {
  const policy = await findPolicy(job.policyName);
  if (policy.version !== job.policyVersion) {
    throw new BallastError(
      "POLICY_NOT_FOUND",
      `The run needs version ${job.policyVersion} of the policy ${job.policyName}, which gave its history so far; ` +
        "version " +
        `${policy.version} is installed. Install that version to continue, or start the scenario again.`,
    );
  }
  return policy;
}

/** Loads those of a run's traces that are not there yet: a command may have brought a VM that replays another one. */
export async function addTraces(pool: Pool, run: number, traces: RunTraces): Promise<void> {
  for (const { name, digest } of await tracesOfRun(pool, run)) {
    if (!traces.has(name)) traces.set(name, openTraceReader(await loadTraceByDigest(pool, digest)));
  }
}
