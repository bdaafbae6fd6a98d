import { expect, test } from "vitest";
import { BallastError } from "../../errors/index.ts";
import { EventCode } from "../../events/index.ts";
import { type RealPage, realPage, type VmId, vmId } from "../../ids/index.ts";
import type { Decision, Policy } from "../../policy/index.ts";
import { kernelInput } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

const busy = smallVm("busy", 8, { kind: "cyclic", firstPage: 0, pages: 8, accesses: 100_000, writeRatio: 1 });

/** Runs one VM under a policy that is expected to fail; returns the error and the last event. */
function failWith(policy: Policy): { error: BallastError; last: number; text: string; status: string } {
  const kernel = createKernel(kernelInput(smallScenario(smallHost(8), [busy]), policy));
  try {
    kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(BallastError);
    const batch = kernel.takeBatch();
    const last = batch.length - 1;
    const text = kernel.machine.text(batch.a[last]);
    return { error: thrown as BallastError, last: batch.types[last], text, status: kernel.status };
  }
  throw new Error("the policy was to fail");
}

const steal = (vm: VmId, realPages: RealPage[]): Decision => ({
  kind: "StealPages",
  vm,
  reason: "test",
  take: { realPages },
});

test("a policy that throws ends its run with its message as the last event", () => {
  const policy = policyOf(() => {
    throw new Error("out of ideas");
  });
  const { error, last, text, status } = failWith(policy);
  expect(error.code).toBe("POLICY_THREW");
  expect(error.message).toContain("out of ideas");
  expect(last).toBe(EventCode.RunFailed);
  expect(text).toContain("POLICY_THREW");
  expect(status).toBe("ended");
});

test.each([
  ["a page that is not there", [steal(vmId(1), [realPage(8)])], /no page 8/],
  ["a VM that is not there", [steal(vmId(2), [])], /no VM 2/],
  ["an age of another order", [{ ...steal(vmId(1), []), take: { count: 1, order: "random", minimumAgeScans: 2 } }], /for the order age/],
  ["an age that no page reaches", [{ ...steal(vmId(1), []), take: { count: 1, order: "age", minimumAgeScans: 256 } }], /from 0 to 255/],
  ["a fraction of a page", [{ kind: "SetBalloonTarget", vm: vmId(1), pages: 0.5, reason: "test" }], /whole number/],
  ["something unknown", [{ kind: "Pray", vm: vmId(1), reason: "test" }], /no known kind/],
  ["something without a reason", [{ kind: "SetBalloonTarget", vm: vmId(1), pages: 1 }], /no reason/],
] as [string, Decision[], RegExp][])("a policy that asks for %s ends its run", (_what, decisions, message) => {
  const { error } = failWith(policyOf(() => decisions));
  expect(error.code).toBe("POLICY_DECISION_INVALID");
  expect(error.message).toMatch(message);
});

test("a policy that asks for what it did not declare ends its run", () => {
  const { error } = failWith(policyOf(() => [steal(vmId(1), [realPage(0)])], { requires: ["balloon"] }));
  expect(error.message).toMatch(/does not declare `steal`/);
});

test("a policy that returns no list ends its run", () => {
  const { error } = failWith(policyOf(() => undefined as never));
  expect(error.code).toBe("POLICY_DECISION_INVALID");
});

test("a reason that no database could keep is recorded with replacement characters", () => {
  const policy = policyOf(({ cause, vms }) => {
    if (cause === "shortage" || vms.length === 0) return [];
    return [{ kind: "SetBalloonTarget", vm: vmId(1), pages: 1, reason: "half \uD800 and \0" }];
  });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [busy]), policy));
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect(kernel.takeBatch().texts).toContain("half \uFFFD and \uFFFD");
});

test("without reclamation the VM that finds no free frame is ended, and the others continue", () => {
  const vms = ["one", "two"].map((name) => smallVm(name, 8, references("w0 w1 w2 w3 w4 w5 w6 w7")));
  const kernel = createKernel(
    kernelInput(
      smallScenario(smallHost(12), vms),
      policyOf(() => [], { requires: [] }),
    ),
  );
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const batch = kernel.takeBatch();
  const killed = batch.types.subarray(0, batch.length).filter((code) => code === EventCode.VmTerminated);
  const finished = batch.types.subarray(0, batch.length).filter((code) => code === EventCode.VmFinished);
  expect([killed.length, finished.length]).toEqual([1, 1]);
});
