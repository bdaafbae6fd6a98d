import type { Run } from "@ballast/server/runs";

/** A run as `--json` shows it; part of what docs/cli.md promises. Times of day are ISO 8601 in UTC. */
export function runShape(run: Run): Record<string, unknown> {
  return {
    id: run.id,
    logId: run.logId,
    scenario: run.scenarioName,
    policy: run.policyName,
    policyVersion: run.policyVersion,
    parameters: run.parameters,
    seed: run.seed,
    status: run.status,
    error: run.error,
    keeps: run.keeps,
    headPosition: run.headPosition,
    headTimeNs: run.headTimeNs,
    accesses: run.accesses,
    workNs: run.workNs,
    faults: run.faults,
    digest: run.digest,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    experimentId: run.experimentId,
  };
}
