import { hostObservation } from "@ballast/core/testing";
import { NS_PER_MS, NS_PER_S, type Observation, PAGE_BYTES, type PolicyInstance, Prng, readParameters, vmId } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";
import { adjust, type Scanning, untuned } from "./ksmtuned.ts";
import { parameters } from "./parameters.ts";

const GIB_PAGES = 2 ** 30 / PAGE_BYTES;
const settings = readParameters(parameters, {}, "").values;

function observe(timeNs: number, framePages: number, freePages: number, cause: Observation["cause"] = "period"): Observation {
  const residentPages = framePages - freePages;
  const pages = { configuredPages: framePages, residentPages, swappedPages: 0, reservationPages: 0, limitPages: framePages };
  const vms = [{ vm: vmId(1), name: "vm-1", ...pages, shares: 1, isBusy: true }];
  return { timeNs, cause, neededPages: cause === "shortage" ? 1 : 0, host: hostObservation(framePages, freePages), vms };
}

/** Pages looked at, and how often, in a second of simulated time under these parameters. */
function scanFor(seconds: number, given: Readonly<Record<string, number | string>>, framePages = GIB_PAGES, freePages = 0): number[] {
  const values = readParameters(policy.parameters, given, "").values;
  const instance = policy.create(values, Prng.named(1, "policy"));
  const scans: number[] = [];
  for (let timeNs = 0; timeNs < seconds * NS_PER_S; timeNs += policy.periodNs(values)) {
    for (const decision of instance.decide(observe(timeNs, framePages, freePages))) {
      if (decision.kind === "SharePages") scans.push(decision.pages);
    }
  }
  return scans;
}

describe("KSM itself (oracle: Linux' defaults, 100 pages every 20 ms)", () => {
  test("looks at no more than 5,000 pages a second", () => {
    const scans = scanFor(1, { tuning: "none" });
    expect(scans.every((pages) => pages === 100)).toBe(true);
    expect(scans.reduce((sum, pages) => sum + pages, 0)).toBe(5000);
  });

  test("does so too until ksmtuned first looks, after a minute", () => {
    expect(scanFor(1, {})).toEqual(scanFor(1, { tuning: "none" }));
    expect(scanFor(59, {}).every((pages) => pages === 100)).toBe(true);
  });
});

describe("ksmtuned (oracle: the rule of its script, by hand)", () => {
  const adjusted = (times: number, before: Scanning, framePages: number, freePages: number): number[] => {
    const counts: number[] = [];
    let scanning = before;
    for (let time = 0; time < times; time++) {
      scanning = adjust(scanning, observe(0, framePages, freePages), settings);
      counts.push(scanning.isOn ? scanning.pages : 0);
    }
    return counts;
  };

  test("boosts by 300 pages while less than 20 % of memory are free, up to 1,250", () => {
    expect(adjusted(6, untuned(settings), GIB_PAGES, 0.1 * GIB_PAGES)).toEqual([300, 600, 900, 1200, 1250, 1250]);
  });

  test("decays by 50 pages, down to 64, while free memory is exactly at the threshold", () => {
    const hard = { isOn: true, pages: 200, sleepMs: 10, tunedPages: 200 };
    expect(adjusted(4, hard, 100_000, 20_000)).toEqual([150, 100, 64, 64]);
  });

  test("stops when the VMs leave more than the threshold and it is free, and continues where it was", () => {
    expect(adjusted(2, untuned(settings), 100_000, 20_001)).toEqual([0, 0]);
    const stopped = adjust({ isOn: true, pages: 600, sleepMs: 10, tunedPages: 600 }, observe(0, 100_000, 50_000), settings);
    expect(stopped.isOn).toBe(false);
    expect(adjusted(1, stopped, 100_000, 10_000)).toEqual([900]);
  });

  test("does not let the threshold fall below 2,048 kB", () => {
    expect(adjusted(1, untuned(settings), 1000, 511)).toEqual([300]);
    expect(adjusted(1, untuned(settings), 1100, 513)).toEqual([0]);
  });

  test.each([
    [64, 10],
    [16, 10],
    [4, 40],
    [1, 160],
  ])("a host of %i GiB sleeps %i ms between scans", (gib, sleepMs) => {
    expect(adjust(untuned(settings), observe(0, gib * GIB_PAGES, 0), settings).sleepMs).toBe(sleepMs);
  });

  test("takes effect on the scans: on a host of 4 GiB 300 pages every 40 ms after the first minute", () => {
    const scans = scanFor(62, {}, 4 * GIB_PAGES);
    expect(scans.slice(-25)).toEqual(Array.from({ length: 25 }, () => 300));
    expect(scans.filter((pages) => pages === 300)).toHaveLength(50);
    expect(scanFor(122, {}, 4 * GIB_PAGES, 3.5 * GIB_PAGES)).toHaveLength(60 * 50);
  });
});

describe("an instance", () => {
  const open = (given: Readonly<Record<string, string>> = {}): PolicyInstance =>
    policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));

  test("continues from what was saved", () => {
    const instance = open();
    instance.decide(observe(0, GIB_PAGES, 0));
    const resumed = open();
    resumed.load(JSON.parse(JSON.stringify(instance.save())));
    expect(resumed.decide(observe(10 * NS_PER_MS, GIB_PAGES, 0))).toEqual([]);
    expect(resumed.decide(observe(20 * NS_PER_MS, GIB_PAGES, 0))).toHaveLength(1);
  });

  test("steals when no frame is free, for merging would come too late; with `end` it does not", () => {
    expect(
      open()
        .decide(observe(0, GIB_PAGES, 0, "shortage"))
        .map(({ kind }) => kind),
    ).toEqual(["StealPages"]);
    expect(open({ shortageFallback: "end" }).decide(observe(0, GIB_PAGES, 0, "shortage"))).toEqual([]);
  });
});
