import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventCode } from "@ballast/core/events";
import { createKernel } from "@ballast/core/kernel";
import { type Policy, readParameters } from "@ballast/core/policy";
import type { Scenario } from "@ballast/core/scenario";
import { drain, isLongRun } from "@ballast/core/testing";
import { DigestChain, eventAt, readTexts, verifyStoredDigest } from "../../event-store/index.ts";
import { loadBundledPolicies } from "../../installed-policies/index.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";

/** Digest of the events of a run with the policy's defaults. */
function digestOf(scenario: Scenario, policy: Policy): string {
  const { values } = readParameters(policy.parameters, {}, "");
  const kernel = createKernel({ scenario, policy, parameters: values, traces: new Map() });
  const chain = new DigestChain();
  drain(kernel, 1_000, (batch) => chain.update(batch));
  return chain.digest();
}

/** Attacks after which `npm test` executes another run: one of each way in which a policy, its process or its thread ends. */
const FOLLOWED: ReadonlySet<string> = new Set(["none", "exits", "neverSettles", "fillsHeap", "floods", "forgesAnswer"]);

/** Attacks of the same kind as one that `npm test` makes: only `npm run test:long` makes them. */
const VARIANTS: ReadonlySet<string> = new Set(
  "rejects throwsFromTimer readsEnvironment writesFile opensDatabase startsWorker throwsNothing throwsProxy"
    .split(" ")
    .concat("answersDeep answersProxy answersNumber answersNulls answersPrototype takesRequest".split(" ")),
);

/** The oracle is what each of the policies under misbehaving-policies says that it does. */
describe("a policy that misbehaves", () => {
  let testBench: TestBench;
  /** Digest of the run that follows each attack, from a kernel in this thread. */
  let undisturbed: string;

  beforeAll(async () => {
    process.env["BALLAST_TOKEN"] = "of the server";
    testBench = await openTestBench(["endless", "throwing", "undeclared", "exiting", "adversarial"]);
    testBench.startExecutor();
    const { getPolicy } = await loadBundledPolicies();
    undisturbed = digestOf(thrashingScenario(5_000), getPolicy("random-steal"));
  });
  afterAll(async () => {
    delete process.env["BALLAST_TOKEN"];
    await testBench.close();
  });

  async function run(name: string, parameters: Readonly<Record<string, string>> = {}): Promise<Run> {
    const scenario = thrashingScenario(5_000, { policy: { name, parameters } });
    return await testBench.ended(await testBench.runs.startRun({ scenario }));
  }

  /** What the RunFailed event at the end of the history says. */
  async function lastWords({ logId, headPosition }: Run): Promise<string | undefined> {
    const last = await eventAt(testBench.pool, logId, headPosition);
    expect(last.types[0]).toBe(EventCode.RunFailed);
    const text = last.a[0] ?? 0;
    return (await readTexts(testBench.pool, logId, text, text))[0];
  }

  test.each([
    ["endless", "POLICY_TIMEOUT", "did not come back within 3000 ms"],
    ["throwing", "POLICY_THREW", "no idea"],
    ["undeclared", "POLICY_DECISION_INVALID", "balloon"],
    ["exiting", "POLICY_ENDED", "exit status 3"],
  ])("%s fails its run with %s, as the history and the run both say", async (policy, code, words) => {
    const failed = await run(policy);
    expect(failed).toMatchObject({ status: "failed", error: { code } });
    expect(failed.error?.message).toContain(words);
    expect(await lastWords(failed)).toBe(`${code}: ${failed.error?.message}`);
    expect(await verifyStoredDigest(testBench.pool, failed.logId)).toMatchObject({ digest: failed.digest });
    // It can be executed again up to where it failed, and leaves the next run alone.
    if (policy === "undeclared" || policy === "exiting") return;
    const verified = await testBench.runs.verifyRun(failed.id);
    expect(verified).toEqual({ runId: failed.id, positions: failed.headPosition, digest: failed.digest });
    const next = await run("random-steal");
    expect([next.status, next.digest]).toEqual(["completed", undisturbed]);
  });

  // What comes of each attack: the run's status, or the code of its failure with words of its message.
  const attacks: readonly (readonly [attack: string, outcome: string, words: string])[] = [
    ["none", "completed", ""],
    ["exits", "POLICY_ENDED", "exit status 7"],
    ["throwsLater", "POLICY_THREW", "threw outside of its calls: later"],
    ["rejects", "POLICY_THREW", "threw outside of its calls: rejected"],
    ["throwsFromTimer", "POLICY_THREW", "threw outside of its calls: from a timer"],
    ["neverSettles", "POLICY_TIMEOUT", "did not come back within 3000 ms"],
    ["fillsHeap", "POLICY_MEMORY", "took more than 192 MiB"],
    ["fillsBuffers", "POLICY_MEMORY", "took more than 192 MiB"],
    ["removesMethods", "completed", ""],
    ["tellsEnvironment", "POLICY_THREW", '{"ballast":"unset"}'],
    ["readsEnvironment", "POLICY_THREW", "it may not use FileSystemRead"],
    ["readsFile", "POLICY_THREW", "it may not use FileSystemRead /etc/hosts"],
    ["writesFile", "POLICY_THREW", "it may not use FileSystemWrite /tmp/ballast-was-here"],
    ["opensSocket", "POLICY_THREW", "may not use the module node:net"],
    ["fetches", "POLICY_THREW", "there is no fetch"],
    ["opensDatabase", "POLICY_THREW", "may not use the module node:sqlite"],
    ["startsProcess", "POLICY_THREW", "may not use the module node:child_process"],
    ["startsWorker", "POLICY_THREW", "may not use the module node:worker_threads"],
    ["killsParent", "POLICY_THREW", "process.kill is not a function"],
    ["opensDebugger", "POLICY_THREW", "no debugger"],
    ["floods", "completed", ""],
    ["throwsLongText", "POLICY_THREW", "long long long"],
    ["throwsControls", "POLICY_THREW", "red  [31m and   and  "],
    ["throwsNothing", "POLICY_THREW", "undefined"],
    ["throwsProxy", "POLICY_THREW", "something that has no text"],
    ["answersMuch", "POLICY_DECISION_INVALID", "more than 8388608"],
    ["answersDeep", "POLICY_DECISION_INVALID", "more than 32 parts within parts"],
    ["answersItself", "POLICY_DECISION_INVALID", "more than 32 parts within parts"],
    ["answersGetter", "POLICY_THREW", "in a getter"],
    ["answersProxy", "POLICY_THREW", "in a trap"],
    ["answersFunction", "POLICY_DECISION_INVALID", 'holds a function at "/0"'],
    ["answersNothing", "POLICY_DECISION_INVALID", "did not return a list of decisions"],
    ["answersNumber", "POLICY_DECISION_INVALID", "a whole number from 0, not NaN"],
    ["answersNulls", "POLICY_DECISION_INVALID", "a decision is an object"],
    ["answersPrototype", "POLICY_DECISION_INVALID", "neither a count"],
    ["changesObservation", "completed", ""],
    ["forgesAnswer", "POLICY", ""],
    ["takesRequest", "POLICY", ""],
    ["closesChannel", "POLICY_ENDED", ""],
  ];
  test.each(attacks.filter(([attack]) => isLongRun || !VARIANTS.has(attack)))(
    "that %s comes to %s, and the next run is as ever",
    async (attack, outcome, words) => {
      const attacked = await run("adversarial", { attack });
      const [status, code = ""] = outcome.startsWith("POLICY") ? ["failed", outcome] : [outcome];
      expect(attacked.error?.code ?? "").toMatch(new RegExp(`^${code}`));
      expect(attacked.status).toBe(status);
      const message = attacked.error?.message ?? "";
      expect(message).toContain(words);
      expect(message).toContain(status === "failed" && code !== "POLICY_DECISION_INVALID" ? "adversarial" : "");
      expect(message.length).toBeLessThan(2_500);
      expect(message).not.toMatch(/\p{Cc}|of the server/u);
      expect(await verifyStoredDigest(testBench.pool, attacked.logId)).toMatchObject({ digest: attacked.digest });
      if (!isLongRun && !FOLLOWED.has(attack)) return;
      const next = await run("random-steal");
      expect([next.status, next.digest]).toEqual(["completed", undisturbed]);
    },
  );
});
