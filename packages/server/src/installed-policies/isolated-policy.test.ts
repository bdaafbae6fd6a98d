import { createHash } from "node:crypto";
import type { EventBatch } from "@ballast/core/events";
import { createKernel, type Kernel, type KernelInput, restoreKernel } from "@ballast/core/kernel";
import { type Policy, readParameters } from "@ballast/core/policy";
import type { Scenario } from "@ballast/core/scenario";
import { caseCount, scenarioArbitrary } from "@ballast/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUNDLED_POLICIES } from "./bundled-policies.ts";
import { CallGuard, DEFAULT_POLICY_LIMITS, loadBundledPolicies, openIsolatedPolicy, resolvePolicyPackages } from "./index.ts";

const BATCH_EVENTS = 500;
const MAX_BATCHES = 10;

/** Digests of a run's batches, and its state in the middle, from which another kernel continues. */
function observe(policy: Policy, scenario: Scenario): { readonly digests: string[]; readonly saved: unknown } {
  const parameters = readParameters(policy.parameters, {}, "").values;
  const input: KernelInput = { scenario, policy, parameters, traces: new Map() };
  let kernel = createKernel(input);
  const digests = advance(kernel, MAX_BATCHES / 2);
  const saved = kernel.save();
  kernel = restoreKernel(input, saved);
  return { digests: [...digests, ...advance(kernel, MAX_BATCHES / 2)], saved };
}

function advance(kernel: Kernel, batches: number): string[] {
  const digests: string[] = [];
  for (let i = 0; i < batches && kernel.status === "running"; i++) {
    kernel.advance(BATCH_EVENTS, Number.POSITIVE_INFINITY);
    digests.push(digestOf(kernel.takeBatch()));
  }
  return digests;
}

function digestOf(batch: EventBatch): string {
  const hash = createHash("sha256").update(batch.texts.join("\0"));
  const { types, timesNs, vms, processes, a, b, c, d, decisions, length } = batch;
  for (const column of [types, timesNs, vms, processes, a, b, c, d, decisions]) hash.update(column.slice(0, length));
  return hash.digest("hex");
}

// Oracle: the same policy in the kernel's own thread.
describe("a policy in a process of its own decides as it does in the kernel's thread, on random machines", () => {
  test.each(BUNDLED_POLICIES)("%s", async (name) => {
    const [{ url } = { url: "" }] = resolvePolicyPackages([name], [import.meta.dirname]);
    const { getPolicy } = await loadBundledPolicies();
    const bundled = getPolicy(name.replace("@ballast/policy-", ""));
    const { apiVersion, version, description, requires, parameters, needsAllAccesses } = bundled;
    const declaration = { apiVersion, name: bundled.name, version, description, requires, parameters };
    const installed = { ...declaration, ...(needsAllAccesses === true ? { needsAllAccesses } : {}), url };
    const guard = new CallGuard(new SharedArrayBuffer(CallGuard.BYTES));
    const { policy, close } = openIsolatedPolicy(installed, DEFAULT_POLICY_LIMITS, guard);
    try {
      const compare = (scenario: Scenario): void => {
        expect(observe(policy, scenario)).toEqual(observe(bundled, scenario));
      };
      fc.assert(fc.property(scenarioArbitrary, compare), { numRuns: caseCount(5, 40) });
    } finally {
      close();
    }
  });
});
