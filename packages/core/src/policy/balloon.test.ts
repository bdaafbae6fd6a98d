import { describe, expect, test } from "vitest";
import { vmId } from "../ids/index.ts";
import { type BalloonedVm, allowedPages, allowPages, hasBalloon } from "./balloon.ts";

function vmOf(targetPages: number): BalloonedVm {
  const pages = { configuredPages: 1000, residentPages: 500, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  const balloon = { targetPages, sizePages: 0, capPages: 650 };
  return { vm: vmId(1), name: "vm", ...pages, shares: 1, isBusy: true, balloon };
}

// Oracle: arithmetic; a balloon's target is what the guest is to give up.

describe("leaving a guest a number of pages", () => {
  test("asks for the rest as the balloon, and rounds the pages left down", () => {
    expect(allowPages(vmOf(0), 700.9, "why")).toEqual([{ kind: "SetBalloonTarget", vm: 1, pages: 300, reason: "why", figures: {} }]);
  });

  test("stops at the driver's cap and at an empty balloon", () => {
    expect(allowPages(vmOf(0), 10, "why")[0]?.pages).toBe(650);
    expect(allowPages(vmOf(5), 2000, "why")[0]?.pages).toBe(0);
  });

  test("asks for nothing if the target stays", () => {
    expect(allowPages(vmOf(300), allowedPages(vmOf(300)), "why")).toEqual([]);
    expect(allowPages(vmOf(650), 0, "why")).toEqual([]);
  });
});

test("a VM without a driver, or one whose balloon is not seen, has none", () => {
  expect([hasBalloon(vmOf(0)), hasBalloon({ ...vmOf(0), balloon: null })]).toEqual([true, false]);
  const { balloon: _unseen, ...rest } = vmOf(0);
  expect(hasBalloon(rest)).toBe(false);
});
