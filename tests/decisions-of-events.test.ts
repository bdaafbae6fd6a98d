import { expect, test } from "vitest";
import { type EventBatch, EventCode, eventType, TargetCause } from "../packages/core/src/events/index.ts";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { type Policy, readParameters } from "../packages/core/src/policy/index.ts";
import { DecisionChecker } from "../packages/core/src/testing/decision-checker.ts";
import { smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import type { Workload } from "../packages/core/src/workload/index.ts";
import { BUNDLED } from "./bundled-policies.ts";

const MS = 1_000_000;
const PAGES = 200;

/** Consequences of decisions that each policy brings about where memory is short; the other policies are tried all the same. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  ballooning: ["BalloonTargetSet", "BalloonPagePinned", "BalloonInflated"],
  "best-partition": ["MemoryLimitSet", "PageStolen"],
  clairvoyant: ["PageStolen"],
  "host-swap": ["PageStolen", "PageSwappedOut", "FrameUnmapped"],
  "idle-steal": ["PageStolen"],
  ksm: ["SharingScanned"],
  "random-steal": ["PageStolen", "PageSwappedOut"],
  "swap-mapper": ["PageStolen"],
};

/** Three VMs that want 1.5 times the memory there is, in turns, the last of them later. */
function pressed(policy: Policy): Parameters<typeof createKernel>[0] {
  const workload = (seed: number): Workload => ({
    kind: "phases",
    times: 3,
    phases: [
      { kind: "zipf", firstPage: 0, pages: PAGES, accesses: 3000, exponent: 0.9, writeRatio: 0.4 },
      { kind: "idle", ns: seed * 40 * MS },
    ],
  });
  const vms = [1, 2, 3].map((number) => smallVm(`vm-${number}`, PAGES, workload(number), { startNs: number === 3 ? 5 * MS : 0 }));
  const scenario = smallScenario(smallHost(2 * PAGES), vms, { durationNs: 4000 * MS });
  return { scenario, policy, parameters: readParameters(policy.parameters, {}, "").values, traces: new Map() };
}

function checkDecisions(policy: Policy): { readonly faults: string[]; readonly named: ReadonlySet<string> } {
  const kernel = createKernel(pressed(policy));
  const checker = new DecisionChecker();
  const faults: string[] = [];
  const named = new Set<string>();
  const note = (batch: EventBatch): void => {
    for (let i = 0; i < batch.length; i++) {
      const fault = checker.findFault(batch, i);
      if (fault !== undefined) faults.push(`${fault}, at position ${batch.firstPosition + i}`);
      if (batch.decisions[i] !== 0) named.add(eventType(batch.types[i] ?? 0).name);
    }
  };
  while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") note(kernel.takeBatch());
  note(kernel.takeBatch());
  return { faults, named };
}

test.each(BUNDLED.map((policy) => [policy.name, policy] as const))(
  "under %s every consequence names a decision that was made before it and fits it",
  (name, policy) => {
    const { faults, named } = checkDecisions(policy);
    expect(faults).toEqual([]);
    expect([...named]).toEqual(expect.arrayContaining([...(EXPECTED[name] ?? [])]));
  },
);

test("a target set by a script names no decision, nor does what the driver does for it", () => {
  const vm = smallVm("vm", 64, { kind: "idle", ns: 10 * MS });
  const command = { kind: "setBalloonTarget", vm: 1, pages: 8 } as const;
  const scenario = smallScenario(smallHost(100), [vm], { script: [{ atNs: MS, command: command as never }] });
  const kernel = createKernel({ ...pressed(BUNDLED.find(({ name }) => name === "no-reclaim") as Policy), scenario });
  kernel.advance(65_536, Number.POSITIVE_INFINITY);
  const { length, types, c, decisions } = kernel.takeBatch();
  const balloon = [EventCode.BalloonTargetSet, EventCode.BalloonPagePinned].map((code) =>
    Array.from({ length }, (_, i) => i).filter((i) => types[i] === code),
  );
  expect(balloon.map((found) => found.length)).toEqual([1, 8]);
  expect(c[balloon[0]?.[0] ?? -1]).toBe(TargetCause.Command);
  expect(balloon.flat().map((i) => decisions[i])).toEqual(Array.from({ length: 9 }, () => 0));
});
