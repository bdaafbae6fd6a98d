import { hostObservation } from "@ballast/core/testing";
import {
  type Decision,
  NS_PER_S,
  NS_PER_US,
  type Observation,
  PAGE_BYTES,
  type PolicyInstance,
  Prng,
  readParameters,
  vmId,
  type VmObservation,
} from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";
import { adjustment, scaleLimit } from "./limit-2019.ts";
import { parameters } from "./parameters.ts";

const GIB_PAGES = 2 ** 30 / PAGE_BYTES;
const defaults = readParameters(parameters, {}, "").values;

describe("the limit after an interval, from 1 GiB (oracle: the rule of senpai.py, computed by hand)", () => {
  test.each([
    [0, 1_063_002_112],
    [5_000, 1_073_311_744],
    [10_000, 1_073_631_232],
    [20_000, 1_084_477_440],
  ])("%i us of standing still make %i bytes", (integralUs, bytes) => {
    expect(scaleLimit(GIB_PAGES, adjustment(integralUs, defaults)) * PAGE_BYTES).toBe(bytes);
  });

  test("is at most doubled, where the pressure is twenty times its target", () => {
    expect(adjustment(200_000, defaults)).toBe(1);
    expect(adjustment(9_000_000, defaults)).toBe(1);
  });
});

function observe(second: number, stallUs: number, changes: Partial<VmObservation> = {}): Observation {
  const pages = { configuredPages: 2 * GIB_PAGES, residentPages: GIB_PAGES, swappedPages: 0, reservationPages: 0 };
  const id = { vm: vmId(1), name: "vm-1", shares: 1, isBusy: true, limitPages: 2 * GIB_PAGES };
  const vm = { ...id, ...pages, stallNs: stallUs * NS_PER_US, ...changes };
  const host = hostObservation(4 * GIB_PAGES, GIB_PAGES);
  return { timeNs: second * NS_PER_S, cause: "period", neededPages: 0, host, vms: [vm] };
}

const open = (given: Readonly<Record<string, number | string>> = {}): PolicyInstance =>
  policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));

function limitsIn(decisions: readonly Decision[]): number[] {
  return decisions.flatMap((decision) => (decision.kind === "SetMemoryLimit" ? [decision.pages * PAGE_BYTES] : []));
}

/** The second in which each limit was set, and the limit; the VM's standing still is given for each second. */
function watch(stallsUs: readonly number[], instance = open()): [number, number][] {
  return stallsUs.flatMap((stallUs, second) =>
    limitsIn(instance.decide(observe(second, stallUs))).map((bytes): [number, number] => [second, bytes]),
  );
}

describe("from tick to tick", () => {
  test("it is asked every second", () => {
    expect(policy.periodNs(defaults)).toBe(NS_PER_S);
  });

  test("a VM is first limited to what it holds; its limit falls after seven seconds and then after every six", () => {
    const still = Array.from({ length: 14 }, () => 0);
    expect(watch(still)).toEqual([
      [0, 2 ** 30],
      [7, 1_063_002_112],
      [13, Math.floor((1_063_002_112 * 0.99) / PAGE_BYTES) * PAGE_BYTES],
    ]);
  });

  test("a limit that is too tight is widened immediately, and the interval starts again", () => {
    expect(watch([0, 0, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000])).toEqual([
      [0, 2 ** 30],
      [2, 1_084_477_440],
      [8, Math.floor((1_084_477_440 * 0.99) / PAGE_BYTES) * PAGE_BYTES],
    ]);
  });

  test("standing still for exactly the target is not too long: the grace time is waited out, as of 10,000 us above", () => {
    expect(watch([0, 0, ...Array.from({ length: 6 }, () => 10_000)])).toEqual([
      [0, 2 ** 30],
      [7, 1_073_631_232],
    ]);
  });

  test("standing still adds up over the ticks of an interval", () => {
    expect(watch([0, 4_000, 8_000, 12_000])).toEqual([
      [0, 2 ** 30],
      [3, Math.floor((2 ** 30 * (1 + (1.2 / 20) ** 2)) / PAGE_BYTES) * PAGE_BYTES],
    ]);
  });

  test("no limit goes below the least, the VM's reservation, or above the VM's own limit", () => {
    const first = (changes: Partial<VmObservation>): number[] => limitsIn(open().decide(observe(0, 0, changes)));
    expect(first({ residentPages: 100 })).toEqual([100 * 2 ** 20]);
    expect(first({ residentPages: 100, reservationPages: 30_000 })).toEqual([30_000 * PAGE_BYTES]);
    expect(first({ residentPages: 100, limitPages: 50 })).toEqual([50 * PAGE_BYTES]);
  });
});

test("what it knows of a VM is saved with it", () => {
  const instance = open();
  watch([0, 4_000, 8_000], instance);
  const resumed = open();
  resumed.load(JSON.parse(JSON.stringify(instance.save())));
  expect(limitsIn(resumed.decide(observe(3, 12_000)))).toEqual(limitsIn(instance.decide(observe(3, 12_000))));
  expect(limitsIn(resumed.decide(observe(4, 30_000)))).toHaveLength(1);
});

test("each form has what it needs and no more", () => {
  const uses = (given: Readonly<Record<string, string>>): unknown => policy.uses?.({ ...defaults, ...given });
  expect(uses({ shortageFallback: "end" })).toEqual(["pressure", "memoryLimit"]);
  expect(uses({ shortageFallback: "end", into: "compression" })).toEqual(["pressure", "memoryLimit", "compression"]);
  expect(uses({ form: "tmo" })).toEqual(["pressure", "steal"]);
});
