import { expect, test } from "vitest";
import { arrivalTimes, plannedVms, type Scenario } from "../packages/core/src/scenario/index.ts";
import type { Policy } from "../packages/core/src/policy/index.ts";
import { policy as esx } from "../packages/policies/esx/src/index.ts";
import { isLongRun } from "../packages/core/src/testing/index.ts";
import { POLICIES, readScenarioFile, runOutcome } from "./scenario-outcomes.ts";

const { noReclaim, randomSteal, idleSteal, ballooning } = POLICIES;
const sample = readScenarioFile("sample");
const configuredPages = sample.vms.reduce((sum, vm) => sum + vm.configuredPages, 0);

/** From each VM's start to the end of its work, in ns, by name; undefined if it was killed first. */
function workTimes(scenario: Scenario, policy: Policy): ReadonlyMap<string, number | undefined> {
  const { finishedNs } = runOutcome(scenario, policy);
  const arrivals = arrivalTimes(scenario);
  const startedNs = new Map(scenario.vms.map(({ name }, index) => [name, arrivals[index]]));
  return new Map(
    plannedVms(scenario).map(({ name }, index) => [
      name,
      finishedNs[index] === 0 ? undefined : finishedNs[index] - (startedNs.get(name) ?? 0),
    ]),
  );
}

/** How many times longer each VM works than on a host with memory for all, where it meets the same accesses; Infinity if it was killed. */
function slowdowns(seed: number, policies: readonly Policy[]): ReadonlyMap<string, number>[] {
  const scenario = { ...sample, seed };
  const roomy = { ...scenario, host: { ...scenario.host, framePages: 2 * configuredPages } };
  const alone = workTimes(roomy, noReclaim);
  return policies.map((policy) => {
    const times = workTimes(scenario, policy);
    return new Map([...times].map(([name, ns]) => [name, (ns ?? Infinity) / (alone.get(name) ?? Number.NaN)]));
  });
}

test("the sample is overcommitted twice", () => {
  expect(configuredPages / sample.host.framePages).toBe(2);
});

// Oracle: the same VMs on a host with memory for all; the bounds are far from what was measured with seeds 1 to 3 (docs/scenarios.md).
test.each(isLongRun ? [1, 2, 3] : [1])(
  "in the sample with seed %i, sort runs undelayed where idle pages are found, and four times as long where pages are taken at random",
  (seed) => {
    const [idle, active, balloons, random, none] = slowdowns(seed, [idleSteal, esx, ballooning, randomSteal, noReclaim]);
    for (const slowdown of idle.values()) expect(slowdown).toBeLessThan(1.05);
    for (const slowdown of active.values()) expect(slowdown).toBeLessThan(1.1);
    expect(balloons.get("sort")).toBeGreaterThan(1.4);
    expect(balloons.get("sort")).toBeLessThan(2.5);
    expect(random.get("sort")).toBeGreaterThan(3.5);
    for (const found of [balloons, random]) expect(found.get("archive")).toBe(1);
    expect(none.get("sort")).toBe(Infinity);
  },
);
