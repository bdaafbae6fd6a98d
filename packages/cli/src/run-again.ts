import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import type { Keeps, Run, StartRun } from "@ballast/server/runs";

/** What the command line says besides. */
type Given = { readonly again?: string; readonly policy?: unknown; readonly set?: unknown; readonly seed?: number; readonly keep: Keeps };

/** A scenario, or a run that is made again as it was: its policy, parameters and seed are given. */
export function sourceOf(
  scenario: string | undefined,
  { again, policy, set, seed, keep }: Given,
): { readonly scenario: string } | { readonly again: string } {
  if (again === undefined) {
    if (scenario !== undefined) return { scenario };
    throw new BallastError("INPUT_INVALID", "Say what to run: a scenario, or --again and a kept run.");
  }
  const isMore = [scenario, policy, set, seed].some((given) => given !== undefined) || keep === "figures";
  if (isMore)
    throw new BallastError(
      "INPUT_INVALID",
      "--again takes everything from the kept run: leave out scenario, --policy, --set, --seed and --keep figures.",
    );
  return { again };
}

/** @throws BallastError RUN_STATE for a run that nothing gives again; POLICY_NOT_FOUND where another version of its policy is installed. */
export async function againInput({ runs, policies }: Application, first: Run): Promise<StartRun> {
  if (first.status !== "completed")
    throw new BallastError("RUN_STATE", `Run ${first.id} is ${first.status}: only a completed one is made again.`);
  const { policyName: policy, policyVersion, parameters, seed } = first;
  const { version } = policies.getPolicy(policy);
  if (version !== policyVersion) {
    throw new BallastError(
      "POLICY_NOT_FOUND",
      `Run ${first.id} was made with version ${policyVersion} of the policy ${policy}; version ${version} is installed.`,
    );
  }
  return { scenario: await runs.getScenario(first.id), policy, parameters, fromDefaults: true, seed };
}

/** @throws BallastError RUN_DIVERGED. */
export function requireEqual(first: Run, digest: string): void {
  if (first.digest === digest) return;
  throw new BallastError(
    "RUN_DIVERGED",
    `The run has the digest ${digest.slice(0, 12)}, and run ${first.id} has ${first.digest.slice(0, 12)}: that one got commands, or was made by another version of Ballast or of its policy.`,
  );
}
