import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RestingValue } from "./resting-value.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("several values in a row are handed on as the last one, once", () => {
  const given: number[] = [];
  const resting = new RestingValue<number>((value) => given.push(value));
  for (const value of [1, 2, 3]) {
    resting.set(value);
    vi.advanceTimersByTime(399);
  }
  expect(given).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(given).toEqual([3]);
  resting.flush();
  vi.advanceTimersByTime(10_000);
  expect(given).toEqual([3]);
});

it("what waits is handed on when its control is left, and not again", () => {
  const given: number[] = [];
  const resting = new RestingValue<number>((value) => given.push(value));
  resting.set(7);
  resting.flush();
  vi.advanceTimersByTime(10_000);
  expect(given).toEqual([7]);
});
