import { expect, test } from "vitest";
import { vmId } from "../../ids/index.ts";
import type { VmObservation } from "../observation.ts";
import { claimOf, entitle } from "./claims.ts";

const vm: VmObservation = {
  vm: vmId(1),
  name: "vm",
  configuredPages: 100,
  residentPages: 60,
  swappedPages: 0,
  shares: 7,
  reservationPages: 0,
  limitPages: 80,
  isBusy: true,
};

// Oracle: by hand, from what a claim is.
test("a VM that nothing holds down claims what it holds, one that is held down its limit, and never more than that", () => {
  const terms = { activePages: 10, minPages: 20, isHeldDown: false };
  expect(claimOf(vm, terms)).toEqual({ shares: 7, activePages: 10, lowestPages: 20, maxPages: 60 });
  expect(claimOf(vm, { ...terms, isHeldDown: true })).toMatchObject({ lowestPages: 20, maxPages: 80 });
  expect(claimOf({ ...vm, residentPages: 90 }, terms)).toMatchObject({ maxPages: 80 });
  expect(claimOf(vm, { ...terms, minPages: 70 })).toMatchObject({ lowestPages: 60, maxPages: 60 });
});

test("all get what they claim while there is enough, and no page more; else it is divided by shares", () => {
  const claims = [30, 50].map((maxPages) => ({ shares: 1, activePages: 50, lowestPages: 0, maxPages }));
  expect(entitle(claims, 80, 0)).toEqual({ isShort: false, pages: [30, 50] });
  expect(entitle(claims, 100, 0)).toEqual({ isShort: false, pages: [30, 50] });
  expect(entitle(claims, 79, 0)).toMatchObject({ isShort: true, pages: [30, 49] });
});
