import { expect, test } from "vitest";
import { type ComparableVm, relativeResults, slowdownPercentile } from "./relative-results.ts";

const S = 1_000_000_000;

/** A VM that completes 1,000 accesses in one second, unless told otherwise. */
function vm(number: number, changes: Partial<ComparableVm> = {}): ComparableVm {
  return { vm: number, name: `vm-${number}`, shares: 100, killed: false, workNs: S, simulatedNs: S, accesses: 1_000, ...changes };
}
const runOf = (...vms: readonly ComparableVm[]): { vms: readonly ComparableVm[] } => ({ vms });
const alone = runOf(vm(1), vm(2), vm(3));

test("slowdowns are ratios of work times; their geometric mean, worst and fairness are as computed by hand", () => {
  const relative = relativeResults(runOf(vm(1, { workNs: 2 * S }), vm(2), vm(3, { workNs: 4 * S })), alone);
  expect(relative.vms.map(({ slowdown, basis }) => [slowdown, basis])).toEqual([2, 1, 4].map((slowdown) => [slowdown, "workTime"]));
  // (2 x 1 x 4)^(1/3) = 2.
  expect(relative.slowdown).toBeCloseTo(2, 12);
  expect([relative.worstSlowdown, relative.vmsWithoutSlowdown]).toEqual([4, 0]);
  // (2 + 1 + 4)^2 / (3 (4 + 1 + 16)) = 49 / 63.
  expect(relative.fairness).toBeCloseTo(49 / 63, 12);
});

test("slowdowns in inverse proportion to shares are fair, equal ones are not; oracle: Jain's formula by hand", () => {
  const [half, whole] = [{ shares: 1_000 }, { shares: 2_000 }];
  const fair = runOf(vm(1, { ...half, workNs: 4 * S }), vm(2, { ...whole, workNs: 2 * S }));
  expect(relativeResults(fair, alone).fairness).toBe(1);
  const equal = runOf(vm(1, { ...half, workNs: 2 * S }), vm(2, { ...whole, workNs: 2 * S }));
  // (2 + 4)^2 / (2 (4 + 16)) = 0.9.
  expect(relativeResults(equal, alone).fairness).toBeCloseTo(0.9, 12);
  expect(relativeResults(runOf(vm(1, { shares: null }), vm(2)), alone).fairness).toBeNull();
});

test("a VM whose work has no end, or was cut off, goes by its accesses per second", () => {
  const base = runOf(vm(1, { workNs: null, simulatedNs: 10 * S, accesses: 1_000 }), vm(2));
  const run = runOf(
    vm(1, { workNs: null, simulatedNs: 10 * S, accesses: 250 }),
    vm(2, { workNs: null, simulatedNs: 10 * S, accesses: 800 }),
  );
  // 100 against 25 a second; 1,000 against 80 a second.
  expect(relativeResults(run, base).vms.map(({ slowdown, basis }) => [slowdown, basis])).toEqual([
    [4, "accessRate"],
    [12.5, "accessRate"],
  ]);
});

test("a run that killed, refused or starved a VM has no slowdown, and is never the fastest; one that is idle is left out", () => {
  const lost = [
    ["killed", { killed: true, workNs: null }],
    ["notStarted", { workNs: null, simulatedNs: 0, accesses: 0 }],
    ["noProgress", { workNs: null, accesses: 0 }],
    ["notKnown", { killed: null }],
  ] as const;
  for (const [missing, changes] of lost) {
    const relative = relativeResults(runOf(vm(1), vm(2, changes), vm(3)), alone);
    expect(relative).toMatchObject({ slowdown: null, worstSlowdown: null, fairness: null, vmsWithoutSlowdown: 1 });
    expect(relative.vms[1]).toMatchObject({ slowdown: null, missing });
    expect([50, 100].map((percent) => slowdownPercentile(relative, percent))).toEqual([1, Infinity]);
  }
  const idle = { workNs: null, accesses: 0 };
  const relative = relativeResults(runOf(vm(1, { workNs: 3 * S }), vm(2, idle)), runOf(vm(1), vm(2, idle)));
  expect(relative).toMatchObject({ worstSlowdown: 3, fairness: 1, vmsWithoutSlowdown: 0 });
  expect(relative.slowdown).toBeCloseTo(3, 12);
  expect(relative.vms[1]).toMatchObject({ missing: "idle" });
});

test("a VM that has another name, or no partner, or was killed without overcommitment too, is not compared", () => {
  const bases = [runOf(vm(1, { name: "other" })), runOf(vm(2)), runOf(vm(1, { killed: true }))];
  for (const base of bases) expect(relativeResults(runOf(vm(1)), base).vms[0]?.missing).toBe("notKnown");
});

test("a percentile of slowdowns is the nearest rank; oracle: the list by hand", () => {
  const vms = [5, 1, 4, 2, 3].map((factor, index) => vm(index + 1, { workNs: factor * S }));
  const relative = relativeResults({ vms }, { vms: vms.map(({ vm: number }) => vm(number)) });
  // Ranks ceil(5 p / 100) of 1, 2, 3, 4, 5.
  expect([20, 21, 50, 80, 95, 100].map((percent) => slowdownPercentile(relative, percent))).toEqual([1, 2, 3, 4, 5, 5]);
  expect(slowdownPercentile({ vms: [] }, 50)).toBeNull();
});
