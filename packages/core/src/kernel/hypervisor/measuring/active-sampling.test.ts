import { describe, expect, test } from "vitest";
import { EventCode, TrapCause } from "../../../events/index.ts";
import { Counter } from "../../../memory/index.ts";
import type { Observation, Policy } from "../../../policy/index.ts";
import { plainDevice, type Scenario } from "../../../scenario/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, quietPolicy, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import type { Workload } from "../../../workload/index.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import type { Kernel } from "../../engine/kernel-contract.ts";

const CONFIGURED = 400;
const SAMPLED = 50;
const PERIOD_NS = 100_000;
/** All pages are touched for the first time within 18 periods: 400 faults of 4.35 us. */
const PERIODS = 40;
const SEEDS = Array.from({ length: caseCount(4, 12) }, (_, index) => index + 1);

const watching: Policy = policyOf(() => [], { requires: ["activeSample"] });

/** Takes a few pages at random at each of its periods, four to a sampling period. */
const stealing: Policy = policyOf(
  ({ vms }) => vms.map(({ vm }) => ({ kind: "StealPages", vm, take: { count: 3, order: "random" }, reason: "test" })),
  { requires: ["activeSample", "steal"], periodNs: () => PERIOD_NS / 4 },
);

function scenarioOf(workload: Workload, seed: number): Scenario {
  const sampling = { periodNs: PERIOD_NS, pages: SAMPLED, slowGain: 0.1, fastGain: 0.5 };
  const host = smallHost(2 * CONFIGURED, { sampling, swapDevice: plainDevice(2000, 100) });
  const vm = smallVm("guest", CONFIGURED, workload, { balloon: null });
  vm.processes.forEach((process) => Object.assign(process, { accessNs: 20 }));
  return smallScenario(host, [vm], { seed, durationNs: PERIODS * PERIOD_NS });
}

type Period = { readonly found: number; readonly truth: number };

/** Fraction found in each sampling period, beside the fraction of pages that an observer of every access saw touched. */
function periodsOf(scenario: Scenario, policy: Policy): Period[] {
  const touched = new Set<number>();
  const periods: Period[] = [];
  const kernel: Kernel = createKernel({
    ...kernelInput(scenario, policy),
    checkContents: false,
    onAccesses: (_vm, _process, pages, from, count) => {
      for (let at = from; at < from + count; at++) touched.add(pages[at]);
    },
  });
  while (kernel.advance(Number.POSITIVE_INFINITY, 1) === "running") {
    if (kernel.pendingEvents === 0) continue;
    const { types, a, b, length } = kernel.takeBatch();
    const at = types.subarray(0, length).indexOf(EventCode.ActiveSampled);
    if (at < 0) continue;
    periods.push({ found: a[at] / b[at], truth: touched.size / CONFIGURED });
    touched.clear();
  }
  return periods;
}

const workloads: [string, Workload][] = [
  ["a scan of a tenth", { kind: "cyclic", firstPage: 0, pages: 40, accesses: 200_000, writeRatio: 0.2 }],
  ["a scan of half", { kind: "cyclic", firstPage: 0, pages: 200, accesses: 200_000, writeRatio: 0 }],
  ["a scan of all but a tenth", { kind: "cyclic", firstPage: 0, pages: 360, accesses: 200_000, writeRatio: 0 }],
  ["accesses to any page, skewed", { kind: "zipf", firstPage: 0, pages: 400, accesses: 200_000, exponent: 1.2, writeRatio: 0.5 }],
];

/**
 * Oracle: the accesses themselves; and sqrt(f (1 - f) / n (N - n) / (N - 1)), the standard error of a fraction found among
 * n of N without replacement.
 */
describe.each([
  ["with all pages resident", watching],
  ["while pages are stolen", stealing],
])("the fraction found in a period, %s,", (_, policy) => {
  test.each(workloads)("is that of the pages touched, within 3 standard errors over fixed seeds: %s", (__, workload) => {
    const periods = SEEDS.flatMap((seed) => periodsOf(scenarioOf(workload, seed), policy));
    expect(periods.length).toBeGreaterThan(SEEDS.length * (PERIODS - 3));
    let difference = 0;
    let variance = 0;
    let squares = 0;
    let uncertain = 0;
    for (const { found, truth } of periods) {
      const own = ((truth * (1 - truth)) / SAMPLED) * ((CONFIGURED - SAMPLED) / (CONFIGURED - 1));
      difference += found - truth;
      variance += own;
      if (own === 0) continue;
      squares += (found - truth) ** 2 / own;
      uncertain++;
    }
    expect(Math.abs(difference)).toBeLessThan(3 * Math.sqrt(variance));
    // The spread is that of the formula: the sum of squares has mean M and a standard error of about sqrt(2 M).
    expect(Math.abs(squares - uncertain)).toBeLessThan(4 * Math.sqrt(2 * uncertain));
  });
});

test("a policy sees the estimate, the maximum of three averages; without the capability it sees none and nothing traps", () => {
  const seen: (number | undefined)[] = [];
  const decide = ({ vms }: Observation): [] => {
    seen.push(vms[0].activeFraction);
    return [];
  };
  const [, [, half]] = workloads;
  const requires = ["activeSample"] as const;
  const { kernel } = runChecked(kernelInput(scenarioOf(half, 1), policyOf(decide, { requires, periodNs: () => PERIOD_NS })));
  expect(kernel.machine.vm(1).counters[Counter.trapSampledPage]).toBeGreaterThan(0);
  const settled = seen.slice(20).map((fraction) => fraction ?? 0);
  for (const fraction of settled) expect(Math.abs(fraction - 0.5)).toBeLessThan(0.2);
  // The largest of three is above the truth in the mean: by little, and on purpose.
  const mean = settled.reduce((sum, fraction) => sum + fraction, 0) / settled.length;
  expect(mean).toBeGreaterThan(0.5);

  seen.length = 0;
  const blind = runChecked(kernelInput(scenarioOf(half, 1), policyOf(decide, { requires: [], periodNs: () => PERIOD_NS })));
  expect(new Set(seen)).toEqual(new Set([undefined]));
  expect(blind.kernel.machine.vm(1).counters[Counter.trapSampledPage]).toBe(0);
});

test("a period costs a VM at most a trap for each page chosen, and each trap its cost", () => {
  const [, [, half]] = workloads;
  const kernel = createKernel(kernelInput(scenarioOf(half, 3), watching));
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const { types, a, d, length } = kernel.takeBatch();
  let traps = 0;
  let periods = 0;
  for (let i = 0; i < length; i++) {
    if (types[i] === EventCode.ActiveSampled) periods++;
    if (types[i] !== EventCode.Trapped || a[i] !== TrapCause.SampledPage) continue;
    traps++;
    expect(d[i]).toBe(750);
  }
  expect(periods).toBeGreaterThan(10);
  expect(traps).toBeLessThanOrEqual(SAMPLED * periods);
  const quiet = createKernel(kernelInput(scenarioOf(half, 3), quietPolicy));
  quiet.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const extraNs = (quiet.accesses - kernel.accesses) * 20;
  expect(Math.abs(extraNs - 750 * traps)).toBeLessThanOrEqual(20);
});

test("the estimate of a VM that becomes idle falls by the slow average, on its own clock", () => {
  const idle = { kind: "idle", ns: 15 * PERIOD_NS } as const;
  const busy = { kind: "cyclic", firstPage: 0, pages: 400, accesses: 20_000, writeRatio: 0 } as const;
  const kernel = createKernel(kernelInput(scenarioOf({ kind: "phases", phases: [busy, idle], times: 1 }, 1), watching));
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const { types, timesNs, a, d, length } = kernel.takeBatch();
  const periods = Array.from({ length }, (_, i) => i).filter((i) => types[i] === EventCode.ActiveSampled);
  const idlePeriods = periods.filter((i) => a[i] === 0 && timesNs[i] > 24 * PERIOD_NS);
  expect(idlePeriods.length).toBeGreaterThan(10);
  idlePeriods.slice(1).forEach((at, index) => {
    expect(timesNs[at] - timesNs[idlePeriods[index]]).toBe(PERIOD_NS);
    // Estimates are recorded in millionths.
    expect(Math.abs(d[at] - 0.9 * d[idlePeriods[index]])).toBeLessThan(2);
  });
});

test("the period of a suspended VM waits with it: it ends later by the time that the VM was suspended", () => {
  const [, [, half]] = workloads;
  let asked = 0;
  const policy: Policy = policyOf(
    ({ vms: [{ vm }] }) => {
      asked++;
      if (asked === 3) return [{ kind: "SuspendVm", vm, reason: "test" }];
      return asked === 33 ? [{ kind: "ResumeVm", vm, reason: "test" }] : [];
    },
    { requires: ["activeSample", "suspend"], periodNs: () => PERIOD_NS / 10 },
  );
  const kernel = createKernel(kernelInput(scenarioOf(half, 1), policy));
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const { types, timesNs, length } = kernel.takeBatch();
  const first = types.subarray(0, length).indexOf(EventCode.ActiveSampled);
  // A fault that began before the period's end may run over it, at most 10 us.
  expect(timesNs[first] - (PERIOD_NS + 3 * PERIOD_NS)).toBeGreaterThanOrEqual(0);
  expect(timesNs[first] - (PERIOD_NS + 3 * PERIOD_NS)).toBeLessThan(10_000);
});
