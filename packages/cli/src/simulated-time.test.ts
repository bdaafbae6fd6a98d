import { expect, test } from "vitest";
import { parseMoment, parseTime } from "./simulated-time.ts";

// The oracle is the definition of the SI prefixes.
test.each([
  ["1200", { position: 1200 }],
  ["0", { position: 0 }],
  ["1500ns", { timeNs: 1500 }],
  ["20us", { timeNs: 20_000 }],
  ["3.5ms", { timeNs: 3_500_000 }],
  ["2 s", { timeNs: 2_000_000_000 }],
  ["latest", "latest"],
])("%s is a moment of a run", (text, moment) => {
  expect(parseMoment(text)).toEqual(moment);
});

test.each(["", "-1", "1.5", "ms", "3 hours", "1e3"])("%j is no moment", (text) => {
  expect(() => parseMoment(text)).toThrow("It must be a position (1200), a simulated time");
});

test("a time beyond 2^53 ns is refused", () => {
  expect(() => parseMoment("9007200s")).toThrow("beyond 2^53 ns");
});

test("an option of a time takes it in its unit, and no position", () => {
  expect(parseTime("3.5ms")).toBe(3_500_000);
  expect(() => parseTime("1200")).toThrow("It must be a simulated time with its unit");
});
