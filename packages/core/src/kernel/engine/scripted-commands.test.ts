import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BallastError } from "../../errors/index.ts";
import { viewEvent } from "../../events/index.ts";
import { parseScenario, type Scenario } from "../../scenario/index.ts";
import { HistoryChecker } from "../../testing/history-checker.ts";
import { caseCount } from "../../testing/case-count.ts";
import { recordReferences } from "../../testing/record-trace.ts";
import { drain, historyOf, kernelInput } from "../../testing/run-to-end.ts";
import { scenarioFormArbitrary } from "../../testing/scenario-form-arbitrary.ts";
import { policyOf, quietPolicy } from "../../testing/small-scenario.ts";
import { wildPolicy } from "../../testing/wild-policy.ts";
import type { Policy } from "../../policy/index.ts";
import { createKernel } from "./create-kernel.ts";

type Form = Record<string, unknown>;

/** Reasons of the scripted commands that a run skips. */
function skippedIn(scenario: Scenario, policy: Policy = quietPolicy): string[] {
  const kernel = createKernel(kernelInput(scenario, policy));
  const checker = new HistoryChecker();
  const skipped: string[] = [];
  drain(kernel, 256, (batch) => {
    checker.check(batch, kernel.machine);
    for (let i = 0; i < batch.length; i++) {
      const { type, fields } = viewEvent(batch, i, (id) => kernel.machine.text(id));
      if (type.name === "ScriptedCommandSkipped") skipped.push(fields.find(({ field }) => field.name === "reason")?.shown ?? "");
    }
  });
  expect(checker.faults).toEqual([]);
  return skipped;
}

const at = (atNs: number, command: Form): Form => ({ atNs, command });

describe("a scripted command that only the run can refuse is skipped, and that recorded", () => {
  const shell = { virtualPages: 8, workload: { kind: "references", references: "w0 w1 w2 w3 w4 w5 w6 w7" } };
  const scenarioOf = (changes: Form, script: Form[]): Scenario =>
    parseScenario({ name: "test", host: { framePages: 64, ...(changes["host"] as Form) }, vms: changes["vms"], script });

  test("because its VM has run out of memory", () => {
    const vms = [{ configuredPages: 5, kernelPages: 0, swapPages: 0, processes: [shell] }];
    const script = [at(1_000_000, { kind: "setBalloonTarget", vm: 1, pages: 2 })];
    expect(skippedIn(scenarioOf({ vms }, script))).toEqual(["no VM 1 is switched on (1 VMs are known)"]);
  });

  test("because its VM was refused beside another one", () => {
    const vms = [{ configuredPages: 40, count: 2, processes: [] }];
    const script = [at(5, { kind: "touchRealPage", vm: 2, realPage: 0 }), at(6, { kind: "stopVm", vm: 1 })];
    expect(skippedIn(scenarioOf({ vms, host: { overcommit: false } }, script))).toEqual(["no VM 2 is switched on (2 VMs are known)"]);
  });

  test("because its process has exited", () => {
    const vms = [{ configuredPages: 16, processes: [{ ...shell, atEnd: "exit" }] }];
    const script = [at(1_000_000, { kind: "touchPage", vm: 1, process: 1, virtualPage: 0 })];
    expect(skippedIn(scenarioOf({ vms }, script))).toEqual(["process 1 of VM 1 has exited, and touches nothing any more"]);
  });

  test("with the whole command, and the run continues to its end", () => {
    const vms = [{ configuredPages: 16, processes: [{ ...shell, atEnd: "exit" }] }];
    const script = [at(1_000_000, { kind: "touchPage", vm: 1, process: 1, virtualPage: 0 })];
    const history = historyOf(createKernel(kernelInput(scenarioOf({ vms }, script))), ["Sampled", "DeviceSampled"]);
    expect(history.slice(-2)).toEqual([
      'ScriptedCommandSkipped: command {"kind":"touchPage","process":1,"virtualPage":0,"vm":1,"write":false}, kind touch page, ' +
        "reason process 1 of VM 1 has exited, and touches nothing any more",
      "RunCompleted: reason workloads finished",
    ]);
  });
});

test("a run ends when simulated time is over, and no event comes later (oracle: 4e15 ns; an access of 1e15 ns after four)", () => {
  const process = { virtualPages: 8, accessNs: 900_000_000_000_000, workload: { kind: "cyclic", pages: 2, accesses: 4 } };
  const disk = { readNs: 1_000_000_000_000_000, writeNs: 1_000_000_000_000_000 };
  const vms = [{ configuredPages: 16, disk, balloon: false, processes: [{ ...process, backing: "file" }] }];
  const kernel = createKernel(
    kernelInput(
      parseScenario({ name: "slow", host: { framePages: 64 }, vms, sampleNs: 0 }),
      policyOf(() => [], { periodNs: () => 0 }),
    ),
  );
  const history = historyOf(kernel);
  expect(history.at(-1)).toBe("RunCompleted: reason time exhausted");
  expect(kernel.timeNs).toBeLessThanOrEqual(4e15);
});

const TRACES = new Map(
  ["sort-1", "a.b"].map((name) => [
    name,
    recordReferences(
      name,
      Array.from({ length: 200 }, (_, index) => [index % 9, 1 + (index % 2)]),
    ).reader,
  ]),
);
/** Enough to reach everything that such a form describes, and to come to an end with samples each 7 ns. */
const ACTIONS = 2000;

test("any scenario that is parsed can be run: it ends, waits, or is still at work, without a failure or a skipped command", () => {
  fc.assert(
    fc.property(scenarioFormArbitrary, fc.boolean(), (form, isWild) => {
      const parsed = parseScenario(form);
      const scenario = { ...parsed, host: { ...parsed.host, zeroing: true } };
      const kernel = createKernel(kernelInput(scenario, isWild && mayForesee(scenario) ? wildPolicy : quietPolicy, TRACES));
      const checker = new HistoryChecker();
      for (let left = ACTIONS; left > 0 && kernel.status === "running"; left -= 1000) {
        kernel.advance(Number.POSITIVE_INFINITY, 1000);
        checker.check(kernel.takeBatch(), kernel.machine);
      }
      expect(checker.faults).toEqual([]);
    }),
    { numRuns: caseCount(6, 150) },
  );
});

/** A policy with foresight cannot run processes whose accesses are not known in advance. */
function mayForesee(scenario: Scenario): boolean {
  return !JSON.stringify(scenario).includes('"interactive"');
}

/** Commands of all kinds, with numbers in and out of their bounds. */
const wildCommand = fc.oneof(
  fc.record({
    kind: fc.constant("touchPage"),
    vm: fc.integer({ min: 1, max: 4 }),
    process: fc.integer({ min: 1, max: 3 }),
    virtualPage: fc.nat(10),
    write: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("touchRealPage"), vm: fc.integer({ min: 1, max: 4 }), realPage: fc.nat(18) }),
  fc.record({ kind: fc.constant("setBalloonTarget"), vm: fc.integer({ min: 1, max: 4 }), pages: fc.nat(16) }),
  fc.record({ kind: fc.constant("stopVm"), vm: fc.integer({ min: 1, max: 4 }) }),
  fc.nat(3).map((number) => ({ kind: "addVm", spec: { name: `added-${number}`, configuredPages: 16, processes: [] } })),
);
const wildForm = fc
  .record({
    vms: fc.array(
      fc.record({
        configuredPages: fc.integer({ min: 8, max: 16 }),
        startNs: fc.constantFrom(0, 500, 1000),
        balloon: fc.constantFrom<unknown>(true, false, { driver: "virtio", minFreePages: 0, capFraction: 0.5 }),
        processes: fc.array(fc.constant({ virtualPages: 9, workload: { kind: "interactive" } }), { maxLength: 2 }),
        files: fc.constantFrom([], [{ name: "log", pages: 5 }]),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    script: fc.array(fc.record({ atNs: fc.nat(1500), command: wildCommand }), { maxLength: 6 }),
    durationNs: fc.constantFrom(null, 1000, 1500),
  })
  .map(({ script, ...form }) => {
    const ordered = script.toSorted((left, right) => left.atNs - right.atNs);
    return Object.assign(form, { name: "wild", host: { framePages: 400 }, script: ordered });
  });

test("with memory for all, a script is refused when it is parsed, or every command of it is carried out (oracle: the run)", () => {
  const outcomes = { refused: 0, ran: 0 };
  fc.assert(
    fc.property(wildForm, (form) => {
      let scenario: Scenario;
      try {
        scenario = parseScenario(form);
      } catch (error) {
        if (!(error instanceof BallastError) || error.code !== "SCENARIO_INVALID") throw error;
        outcomes.refused++;
        return;
      }
      outcomes.ran++;
      expect(skippedIn(scenario)).toEqual([]);
    }),
    { numRuns: Math.max(100, caseCount(60, 1500)) },
  );
  expect(Math.min(outcomes.refused, outcomes.ran)).toBeGreaterThan(0);
});
