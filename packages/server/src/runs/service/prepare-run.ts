import { BallastError, problemsError } from "@ballast/core/errors";
import { checkPolicyFit } from "@ballast/core/kernel";
import { type ParameterValues, type Policy, readParameters } from "@ballast/core/policy";
import { checkTraces, listTraces, type Scenario } from "@ballast/core/scenario";
import { maxReaderBytes, type TraceReader } from "@ballast/core/trace";
import type { Pool } from "pg";
import { type InstalledPolicy, isIsolated, type PolicyLimits, settleIsolatedPolicy } from "../../installed-policies/index.ts";
import { getTrace } from "../../traces/index.ts";
import type { PolicySettings } from "../run-service.ts";
import type { FindPolicy } from "../worker/kernel-input.ts";
import { checkMemory } from "./refuse-large.ts";

/** As it comes from Postgres, and as it is handed on. */
const TRACE_COPIES = 2;
/** A float, twice while they are joined. */
const BYTES_PER_ORIGINAL_PAGE = 16;

export type ChosenPolicy = { readonly policy: InstalledPolicy; readonly parameters: ParameterValues };

/**
 * The policy that was asked for, or the scenario's own, with every parameter filled in: those given come first, then the
 * scenario's if the policy is its own, then the policy's defaults. `path` is where the settings stand in the input.
 * @throws BallastError POLICY_NOT_FOUND, POLICY_PARAMETER_INVALID.
 */
export function choosePolicy(
  findPolicy: FindPolicy,
  scenario: Scenario,
  choice: PolicySettings & { readonly name?: string | undefined },
  path = "",
): ChosenPolicy {
  const { name = scenario.policy.name, parameters = {}, fromDefaults = false } = choice;
  const policy = findPolicy(name);
  const isScenarios = policy.name === scenario.policy.name && !fromDefaults;
  const given = isScenarios ? { ...scenario.policy.parameters, ...parameters } : parameters;
  const { values, problems } = readParameters(policy.parameters, given, `${path}/parameters`);
  if (problems.length > 0) {
    throw problemsError("POLICY_PARAMETER_INVALID", `The parameters of the policy ${policy.name} are wrong`, problems);
  }
  return { policy, parameters: values };
}

/** @throws BallastError INPUT_INVALID for a seed that is none. */
export function withSeed(scenario: Scenario, seed: number | undefined): Scenario {
  if (seed === undefined) return scenario;
  if (Number.isSafeInteger(seed) && seed >= 0) return { ...scenario, seed };
  throw new BallastError("INPUT_INVALID", `A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
}

/** How far the runs of this process and their policies may go. */
export type RunLimits = {
  readonly policyLimits: PolicyLimits;
  /** Memory of one run, in bytes; not limited if not given. */
  readonly runMemoryBytes?: number | undefined;
};

/**
 * What can be known only with the traces and the policies of a run. Returns the most memory that the run takes under each
 * of the policies, in bytes.
 * @throws BallastError TRACE_NOT_FOUND, SCENARIO_INVALID for a trace with more pages than its process, or for a policy that needs
 * what the scenario does not have; MEMORY_EXCEEDED for a run that would need more than the limit; POLICY_* if what the policy
 * needs must be asked of its process, and that fails.
 */
export async function checkScenario(
  pool: Pool,
  scenario: Scenario,
  chosen: readonly ChosenPolicy[],
  { policyLimits, runMemoryBytes = Number.POSITIVE_INFINITY }: RunLimits,
): Promise<number[]> {
  const traces = new Map<string, TraceReader>();
  let traceBytes = 0;
  for (const name of listTraces(scenario)) {
    const { referenceCount, pageCount, storedBytes } = await getTrace(pool, name);
    traces.set(name, sizesOnly(referenceCount, pageCount));
    traceBytes += storedBytes * TRACE_COPIES + pageCount * BYTES_PER_ORIGINAL_PAGE + maxReaderBytes(referenceCount);
  }
  checkTraces(scenario, traces);
  const memoryBytes: number[] = [];
  for (const { policy, parameters } of chosen) {
    const answering = await answeringPolicy(policy, parameters, policyLimits);
    checkPolicyFit(scenario, answering, parameters, traces);
    memoryBytes.push(checkMemory({ scenario, policy: answering, parameters, traces }, traceBytes, runMemoryBytes));
  }
  return memoryBytes;
}

/** The policy, able to say what it needs with these parameters. */
async function answeringPolicy(policy: InstalledPolicy, parameters: ParameterValues, limits: PolicyLimits): Promise<Policy> {
  return isIsolated(policy) ? await settleIsolatedPolicy(policy, parameters, limits) : policy;
}

/** A check of sizes does not need the references. */
function sizesOnly(referenceCount: number, pageCount: number): TraceReader {
  const block = (): never => {
    throw new Error("the references of this trace were not loaded");
  };
  return { referenceCount, pageCount, blockCount: 0, blockReferences: 0, block };
}
