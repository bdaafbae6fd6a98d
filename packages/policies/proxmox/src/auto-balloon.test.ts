import { describe, expect, test } from "vitest";
import { type AutoBallooned, autoBalloon } from "./auto-balloon.ts";

/** Proxmox's own examples are in decimal units. */
const MB = 1_000_000;
const GB = 1000 * MB;
const RULES = { ignoredBytes: 10 * 1024 * 1024, maxChangeBytes: 100 * MB, comfortableFraction: 0.25 };

type Mb = readonly [vm: number, megabytes: number][];

function vmOf(vm: number, shares: number, currentBytes: number, minimumBytes: number, freeBytes = 0): AutoBallooned {
  return { vm, shares, minimumBytes, maximumBytes: 2 * GB, currentBytes, freeBytes };
}

function roundOf(vms: readonly AutoBallooned[], goalMb: number): Mb {
  return [...autoBalloon(vms, goalMb * MB, RULES)].map(([vm, bytes]): Mb[number] => [vm, bytes / MB]);
}

/** Rounds until one changes nothing, as if every driver got to its target and guests left what they gained unused. */
function settle(vms: readonly AutoBallooned[], goalMb: number): { sizes: Mb; vms: AutoBallooned[] } {
  let left = goalMb * MB;
  let now = [...vms];
  for (let hasChanged = true; hasChanged;) {
    const sizes = autoBalloon(now, left, RULES);
    hasChanged = now.some(({ vm, currentBytes }) => (sizes.get(vm) ?? currentBytes) !== currentBytes);
    now = now.map((vm) => {
      const change = (sizes.get(vm.vm) ?? vm.currentBytes) - vm.currentBytes;
      left -= change;
      return { ...vm, currentBytes: vm.currentBytes + change, freeBytes: Math.max(0, (vm.freeBytes ?? 0) + change) };
    });
  }
  const changed = now.filter(({ currentBytes }, i) => currentBytes !== vms[i]?.currentBytes);
  return { sizes: changed.map(({ vm, currentBytes }): Mb[number] => [vm, currentBytes / MB]), vms: now };
}

describe("two VMs of 2 GB at their minima of 1 GB, shares 2000 and 1000 (oracle: proxmox/pve-manager, test/balloontest.pl)", () => {
  const vms = [vmOf(100, 2000, GB, GB), vmOf(101, 1000, GB, GB)];

  test("nothing changes without a goal, or for one within 10 MiB", () => {
    expect(roundOf(vms, 0)).toEqual([]);
    expect(roundOf(vms, 10)).toEqual([]);
  });

  test.each<[number, Mb]>([
    [
      90,
      [
        [100, 1060],
        [101, 1030],
      ],
    ],
    [
      150,
      [
        [100, 1100],
        [101, 1050],
      ],
    ],
    [
      270,
      [
        [100, 1100],
        [101, 1090],
      ],
    ],
  ])("a goal of %d MB", (goal, sizes) => {
    expect(roundOf(vms, goal)).toEqual(sizes);
  });

  test.each<[number, Mb]>([
    [
      180,
      [
        [100, 1120],
        [101, 1060],
      ],
    ],
    [
      270,
      [
        [100, 1180],
        [101, 1090],
      ],
    ],
    [
      600,
      [
        [100, 1300],
        [101, 1300],
      ],
    ],
    [
      900,
      [
        [100, 1600],
        [101, 1300],
      ],
    ],
  ])("a goal of %d MB, round by round", (goal, sizes) => {
    expect(settle(vms, goal).sizes).toEqual(sizes);
  });
});

describe("one VM at its maximum, one with room (oracle: proxmox/pve-manager, test/balloontest.pl)", () => {
  const vms = [vmOf(100, 2000, 2 * GB, 2 * GB), vmOf(101, 1000, GB, GB)];

  test.each<[number, Mb]>([
    [0, []],
    [18, [[101, 1018]]],
    [500, [[101, 1100]]],
  ])("a goal of %d MB", (goal, sizes) => {
    expect(roundOf(vms, goal)).toEqual(sizes);
  });
});

describe("one VM comfortable, one short of memory (oracle: proxmox/pve-manager, test/balloontest.pl)", () => {
  const vms = [vmOf(100, 2000, 2 * GB, 2 * GB), vmOf(101, 1000, GB + 7 * MB, GB), vmOf(102, 1000, GB, GB, 512 * MB)];

  test.each<[number, Mb]>([
    [0, []],
    [11, [[101, 1018]]],
    [80, [[101, 1087]]],
    [200, [[101, 1107]]],
  ])("a goal of %d MB goes to the one that is short", (goal, sizes) => {
    expect(roundOf(vms, goal)).toEqual(sizes);
  });

  test("what was given in many rounds can be taken back in many, from the comfortable first", () => {
    const grown = settle(vms, 593);
    expect(grown.sizes).toEqual([
      [101, 1300],
      [102, 1300],
    ]);
    expect(settle(grown.vms, -200).sizes).toEqual([
      [101, 1200],
      [102, 1200],
    ]);
    expect(settle(grown.vms, -400).sizes).toEqual([
      [101, 1200],
      [102, 1000],
    ]);
    expect(settle(grown.vms, -593).sizes).toEqual([
      [101, 1007],
      [102, 1000],
    ]);
  });
});
