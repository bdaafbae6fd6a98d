import { expect, test } from "vitest";
import { EventCode } from "../../../events/index.ts";
import { Counter } from "../../../memory/index.ts";
import type { Observation, Policy } from "../../../policy/index.ts";
import type { Scenario } from "../../../scenario/index.ts";
import { kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import type { Workload } from "../../../workload/index.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import type { Kernel } from "../../engine/kernel-contract.ts";

const SCAN_NS = 100_000;
const PAGES = 60;

function scenarioOf(workload: Workload, durationNs: number): Scenario {
  const vm = smallVm("guest", PAGES, workload, { balloon: null });
  return smallScenario(smallHost(2 * PAGES, { ageScan: { periodNs: SCAN_NS } }), [vm], { durationNs });
}

/** What a policy sees of the ages in the middle between two scans. */
function watching(seen: (readonly number[] | undefined)[]): Policy {
  const decide = ({ vms: [vm] }: Observation): [] => {
    seen.push(vm.pageAges);
    return [];
  };
  return policyOf(decide, { requires: ["pageAges"], periodNs: () => SCAN_NS });
}

// Oracle: the accesses themselves, as an observer of every one counts them.
test("ages are the scans since each page's last access", () => {
  const seen: (readonly number[] | undefined)[] = [];
  const zipf = { kind: "zipf", firstPage: 0, pages: PAGES, accesses: 30_000, exponent: 1.5, writeRatio: 0.3 } as const;
  const lastScan = new Map<number, number>();
  let scans = 0;
  const kernel: Kernel = createKernel({
    ...kernelInput(scenarioOf({ kind: "phases", phases: [zipf, { kind: "idle", ns: 500_000 }], times: 2 }, 8_000_000), watching(seen)),
    onAccesses: (_vm, _process, pages, from, count) => {
      for (let at = from; at < from + count; at++) lastScan.set(pages[at], scans);
    },
  });
  const expected: number[][] = [];
  while (kernel.advance(Number.POSITIVE_INFINITY, 1) === "running") {
    const { types, a, b, c, length } = kernel.takeBatch();
    const at = types.subarray(0, length).indexOf(EventCode.AgeScanned);
    if (at < 0) continue;
    const ages = [...lastScan.values()].map((scan) => scans - scan);
    const oldest = Math.max(...ages);
    expected.push(Array.from({ length: oldest + 1 }, (_, age) => ages.filter((own) => own === age).length));
    expect([a[at], b[at], c[at]]).toEqual([ages.length, oldest, expected.at(-1)?.[oldest]]);
    scans++;
  }
  // The scan comes before the policy's turn at the same time; the last turn falls on the end of the run.
  expect(expected.length).toBeGreaterThan(70);
  expect(expected.some((histogram) => histogram.length > 10)).toBe(true);
  expect(seen.slice(0, expected.length)).toEqual(expected.slice(0, seen.length));
  expect(seen.length).toBeGreaterThan(70);
});

test("a scan costs the host 10 ns for each resident page, and is made only for a policy that may see the ages", () => {
  const workload = references("0 1 2 3 4 5 6 7");
  const scenario = scenarioOf(workload, 10 * SCAN_NS + 1);
  const { kernel } = runChecked(kernelInput(scenario, watching([])));
  expect(kernel.machine.vm(1).counters[Counter.idleScanCostNs]).toBe(10 * 8 * 10);
  const blind = runChecked(
    kernelInput(
      scenario,
      policyOf(() => [], { requires: [], periodNs: () => SCAN_NS }),
    ),
  );
  expect(blind.kernel.machine.vm(1).counters[Counter.idleScanCostNs]).toBe(0);
});

test("reading bits for idle pages and for ages do not disturb each other", () => {
  const run = (requires: Policy["requires"]): Observation["vms"][number][] => {
    const seen: Observation["vms"][number][] = [];
    const zipf = { kind: "zipf", firstPage: 0, pages: PAGES, accesses: 20_000, exponent: 1.2, writeRatio: 0 } as const;
    const policy = policyOf(({ vms: [vm] }) => (seen.push(vm), []), { requires, periodNs: () => 70_000 });
    runChecked(kernelInput(scenarioOf(zipf, 2_000_000), policy));
    return seen;
  };
  const both = run(["idleScan", "pageAges"]);
  expect(both.map(({ pageAges }) => pageAges)).toEqual(run(["pageAges"]).map(({ pageAges }) => pageAges));
  expect(both.map(({ idlePages }) => idlePages)).toEqual(run(["idleScan"]).map(({ idlePages }) => idlePages));
});

test("without a period of their own, ages are scanned right before the policy is asked at its", () => {
  const { host, ...scenario } = scenarioOf(references("0 1 2 3"), 1_000_000);
  const policy = policyOf(() => [], { requires: ["pageAges"], periodNs: () => 300_000 });
  const kernel = createKernel(kernelInput({ ...scenario, host: { ...host, ageScan: { periodNs: null } } }, policy));
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const { types, timesNs, length } = kernel.takeBatch();
  const scans = [...timesNs.subarray(0, length)].filter((_, i) => types[i] === EventCode.AgeScanned);
  expect(scans).toEqual([300_000, 600_000, 900_000]);
});
