import { hostObservation } from "@ballast/core/testing";
import { NS_PER_S, type Observation, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";
import { parameters } from "./parameters.ts";
import { floorPages, nextPages } from "./self-balloon.ts";

const MIB = 256;

const defaults = readParameters(parameters, {}, "").values;
/** Without the guest's own reserve and the floor by size, so that the goal is what is committed. */
const bare = { ...defaults, guestReserveFraction: 0, minimumUsablePages: 1 };

// Oracle: Linux, drivers/xen/xen-selfballoon.c, selfballoon_process: interval 5 s, hysteresis 8 down and 1 up.

test("it is asked every five seconds", () => {
  expect(policy.periodNs(defaults)).toBe(5 * NS_PER_S);
});

describe("a guest", () => {
  const after = (periods: number, currentPages: number, committedPages: number): number => {
    let pages = currentPages;
    for (let period = 0; period < periods; period++) {
      pages = nextPages({ configuredPages: 80_000, currentPages: pages, committedPages }, bare);
    }
    return pages;
  };

  test("goes an eighth of the way down to its goal at each period", () => {
    expect([1, 2, 3].map((periods) => after(periods, 80_000, 16_000))).toEqual([72_000, 65_000, 58_875]);
  });

  test("comes as near to its goal as an eighth of the rest is a page", () => {
    expect(after(200, 80_000, 16_000)).toBe(16_007);
  });

  test("goes all the way up in one step", () => {
    expect(after(1, 20_000, 70_000)).toBe(70_000);
  });

  test("goes a part of the way up with an up hysteresis (oracle: a quarter of 50,000 missing pages)", () => {
    const guest = { configuredPages: 80_000, currentPages: 20_000, committedPages: 70_000 };
    expect(nextPages(guest, { ...bare, upHysteresis: 4 })).toBe(20_000 + 12_500);
  });

  test("never wants more than its size", () => {
    expect(after(1, 20_000, 200_000)).toBe(80_000);
  });
});

describe("the floor", () => {
  const floorMib = (mib: number): number => floorPages(mib * MIB, { ...defaults, guestReserveFraction: 0 }) / MIB;

  test("is the whole guest below 16 MiB, and then a line in pieces", () => {
    expect([15, 32, 256, 1024].map(floorMib)).toEqual([15, 16 + 16 / 2, 40 + 216 / 8, 99 + Math.floor((925 * MIB) / 32) / MIB]);
  });

  test("stands above what the guest's kernel keeps free, as the goal does", () => {
    const settings = { ...defaults, guestReserveFraction: 0.5 };
    expect(floorPages(64 * MIB, settings)).toBe(32 * MIB + 16 * MIB + 8 * MIB);
    const guest = { configuredPages: 1000, currentPages: 1000, committedPages: 100 };
    expect(nextPages(guest, { ...bare, guestReserveFraction: 0.1 })).toBe(1000 - 800 / 8);
  });
});

type Seen = { readonly committedPages: number | null; readonly sizePages: number; readonly residentPages: number };

function decide(seen: readonly Seen[], freePages: number, cause: Observation["cause"] = "period", changes = {}): unknown {
  const vms = seen.map(({ committedPages, sizePages, residentPages }, index): VmObservation => {
    const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, shares: 1, isBusy: true };
    const pages = { configuredPages: 1000, residentPages, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
    const balloon = committedPages === null ? null : { targetPages: sizePages, sizePages, capPages: 650 };
    return { ...id, ...pages, balloon, committedPages };
  });
  const host = hostObservation(2000, freePages);
  const observation = { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms };
  const decisions = policy
    .create({ ...readParameters(policy.parameters, {}, "").values, ...bare, ...changes }, Prng.named(1, "policy"))
    .decide(observation);
  return decisions.map((decision) => (decision.kind === "SetBalloonTarget" ? `${decision.vm}: ${decision.pages}` : decision.kind));
}

describe("the hypervisor", () => {
  test("lets guests with a driver follow what they have committed, whatever the host has free", () => {
    const seen = [
      { committedPages: 200, sizePages: 0, residentPages: 1000 },
      { committedPages: null, sizePages: 0, residentPages: 1000 },
    ];
    expect(decide(seen, 0)).toEqual(["1: 100"]);
    expect(decide(seen, 1500)).toEqual(["1: 100"]);
  });

  test("gives a guest that grows no frame that it has not, the lower number first", () => {
    const seen = [
      { committedPages: 800, sizePages: 400, residentPages: 600 },
      { committedPages: 800, sizePages: 400, residentPages: 600 },
    ];
    expect(decide(seen, 1000)).toEqual(["1: 200", "2: 200"]);
    expect(decide(seen, 250)).toEqual(["1: 200", "2: 350"]);
    expect(decide(seen, 0)).toEqual([]);
  });

  test("counts what a guest may still touch as given", () => {
    const seen = [
      { committedPages: 800, sizePages: 400, residentPages: 600 },
      { committedPages: 600, sizePages: 400, residentPages: 450 },
    ];
    expect(decide(seen, 200)).toEqual(["1: 350"]);
  });

  test("asks no guest when a frame is needed immediately: it steals, or with `end` does nothing", () => {
    const seen = [{ committedPages: 200, sizePages: 0, residentPages: 1000 }];
    expect(decide(seen, 0, "shortage")).toEqual(["StealPages"]);
    expect(decide(seen, 0, "shortage", { shortageFallback: "end" })).toEqual([]);
  });
});
