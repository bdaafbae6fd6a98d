import { expect, test } from "vitest";
import { vmId } from "../ids/index.ts";
import { Prng } from "../prng/index.ts";
import { hostObservation } from "../testing/observation-arbitrary.ts";
import type { Observation, VmObservation } from "./observation.ts";
import { type ShortageValues, stealAtShortage, usesAtShortage } from "./shortage-fallback.ts";

const steal: ShortageValues = { shortageFallback: "steal", shortageFraction: 0.01 };
const end: ShortageValues = { ...steal, shortageFallback: "end" };

function vmOf(number: number): VmObservation {
  const pages = { configuredPages: 1000, residentPages: 500, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  return { vm: vmId(number), name: `vm-${number}`, ...pages, shares: 1, isBusy: true };
}

function observe(cause: Observation["cause"], neededPages: number): Observation {
  return { timeNs: 0, cause, neededPages, host: hostObservation(1000, 0), vms: [vmOf(1), vmOf(2)] };
}

function pagesOf(cause: Observation["cause"], neededPages: number, parameters: ShortageValues): number[] {
  const steals = stealAtShortage(observe(cause, neededPages), parameters, Prng.named(1, "policy"));
  return steals.flatMap(({ take }) => ("count" in take ? [take.count] : []));
}

// Oracle: arithmetic; 1 % of 1,000 frames are 10, half from each of two equal VMs.

test("with no free frame a small batch is stolen, or what is needed if that is more", () => {
  expect(pagesOf("shortage", 1, steal)).toEqual([5, 5]);
  expect(pagesOf("shortage", 30, steal)).toEqual([15, 15]);
});

test("nothing is stolen at other times, or if the VM is rather to be ended", () => {
  expect(pagesOf("period", 0, steal)).toEqual([]);
  expect(pagesOf("memoryState", 0, steal)).toEqual([]);
  expect(pagesOf("shortage", 1, end)).toEqual([]);
});

test("stealing is used only by a policy that falls back on it", () => {
  expect(usesAtShortage(["balloon"], steal)).toEqual(["balloon", "steal"]);
  expect(usesAtShortage(["steal"], steal)).toEqual(["steal"]);
  expect(usesAtShortage(["balloon"], end)).toEqual(["balloon"]);
});
