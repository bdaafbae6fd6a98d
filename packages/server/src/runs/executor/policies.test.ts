import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventCode } from "@ballast/core/events";
import { eventAt, readTexts, verifyStoredDigest } from "../../event-store/index.ts";
import { type Laboratory, openLaboratory } from "../laboratory.fixture.ts";
import type { Run } from "../run.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";

/** The oracle is what each of the policies under misbehaving-policies says that it does. */
describe("a policy that misbehaves", () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await openLaboratory();
    laboratory.startExecutor();
  });
  afterAll(async () => await laboratory.close());

  async function run(policy: string): Promise<Run> {
    const scenario = thrashingScenario(5_000, { policy: { name: policy, parameters: {} } });
    return await laboratory.ended(await laboratory.runs.startRun({ scenario }));
  }

  /** What the RunFailed event at the end of the history says. */
  async function lastWords({ logId, headPosition }: Run): Promise<string | undefined> {
    const last = await eventAt(laboratory.pool, logId, headPosition);
    expect(last.types[0]).toBe(EventCode.RunFailed);
    const text = last.a[0] ?? 0;
    return (await readTexts(laboratory.pool, logId, text, text))[0];
  }

  test.each([
    ["endless", "POLICY_TIMEOUT", "did not come back within 500 ms"],
    ["throwing", "POLICY_THREW", "no idea"],
    ["undeclared", "POLICY_DECISION_INVALID", "balloon"],
    ["exiting", "INTERNAL", "3 worker threads"],
  ])("%s fails its run with %s, as the history and the run both say", async (policy, code, words) => {
    const failed = await run(policy);
    expect(failed).toMatchObject({ status: "failed", error: { code } });
    expect(failed.error?.message).toContain(words);
    expect(await lastWords(failed)).toBe(`${code}: ${failed.error?.message}`);
    expect(await verifyStoredDigest(laboratory.pool, failed.logId)).toMatchObject({ digest: failed.digest });
  });

  test("leaves the next run alone", async () => {
    const failed = await run("endless");
    const next = await run("random-steal");
    expect([failed.status, next.status]).toEqual(["failed", "completed"]);
  });

  test("leaves a history that can be executed again up to where it failed", async () => {
    for (const policy of ["endless", "throwing"]) {
      const failed = await run(policy);
      const verified = await laboratory.runs.verifyRun(failed.id);
      expect(verified).toEqual({ runId: failed.id, positions: failed.headPosition, digest: failed.digest });
    }
  });
});
