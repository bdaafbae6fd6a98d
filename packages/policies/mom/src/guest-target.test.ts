import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Guest, targetOf } from "./guest-target.ts";

const RULES = {
  pressureFraction: 0.2,
  criticalFraction: 0.05,
  guestFreeFraction: 0.2,
  maxChangeFraction: 0.05,
  minChangeFraction: 0.0025,
};

const GIB_KB = 1_048_576;

/** In kB; means are those of guests that have not changed. */
function guestOf(current: number, unused: number, minimum = GIB_KB, maximum = 4 * GIB_KB): Guest {
  return { current, meanCurrent: current, meanUnused: unused, minimum, maximum };
}

describe("a guest's target (oracle: the rules of oVirt's 02-balloon.policy, by hand)", () => {
  test("with half of the host free a guest of 2 GiB with 512 MiB unused grows to what it uses and half as much as it has", () => {
    expect(targetOf(guestOf(2_097_152, 524_288), 0.5, RULES)).toBe(2_621_440);
  });

  test("with 15 % of the host free a guest of 4 GiB shrinks by 5 %", () => {
    expect(targetOf(guestOf(4_194_304, 2_097_152), 0.15, RULES)).toBe(3_984_588.8);
  });

  test("shrinking stops at what the guest uses and its part of free memory, scaled down with the host's", () => {
    // With 6 % of the host free, 6 % of the guest are to be free: 60,000 beyond what it uses.
    expect(targetOf(guestOf(1_000_000, 50_000, 0), 0.06, RULES)).toBe(undefined);
    expect(targetOf(guestOf(1_000_000, 70_000, 0), 0.06, RULES)).toBeCloseTo(930_000 + 60_000, 6);
  });

  test("when the host is critical a guest is to use less than it does", () => {
    // 2 % less than the 980,000 that it uses, for the host is 2 % below the critical 5 %; that is still above 95 %.
    expect(targetOf(guestOf(1_000_000, 20_000, 0), 0.03, RULES)).toBeCloseTo(960_000, 6);
  });

  test("it grows by 5 % when it needs less than that, and never above its maximum", () => {
    expect(targetOf(guestOf(1_000_000, 900_000, 0), 0.2, RULES)).toBe(1_050_000);
    expect(targetOf(guestOf(1_000_000, 900_000, 0, 1_020_000), 0.2, RULES)).toBe(1_020_000);
    expect(targetOf(guestOf(1_000_000, 0, 0, 1_000_000), 0.9, RULES)).toBe(undefined);
  });

  test("a change of 0.25 % or less is left out", () => {
    expect(targetOf(guestOf(1_000_000, 900_000, 0, 1_002_500), 0.5, RULES)).toBe(undefined);
    expect(targetOf(guestOf(1_000_000, 900_000, 0, 1_002_501), 0.5, RULES)).toBe(1_002_501);
  });

  test("a guest below its guaranteed minimum gets it immediately, however short the host is", () => {
    expect(targetOf(guestOf(500_000, 400_000, 800_000), 0, RULES)).toBe(800_000);
  });

  test("a short host makes no guest grow, one with memory shrinks none, and minimum and maximum hold", () => {
    const size = fc.integer({ min: 1, max: 1_000_000 });
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, fraction, fraction, (current, unused, free) => {
        const guest = guestOf(current, Math.floor(unused * current), Math.floor(current / 2), 2 * current);
        const target = targetOf(guest, free, RULES) ?? current;
        expect(free < 0.2 ? target <= current : target >= current).toBe(true);
        expect(target).toBeGreaterThanOrEqual(guest.minimum);
        expect(target).toBeLessThanOrEqual(guest.maximum);
      }),
    );
  });
});
