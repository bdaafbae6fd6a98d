import { expect, test } from "vitest";
import { bytes, count, counted, decimal, duration, pagesAsBytes, percent, signedPercent, timestamp } from "./numbers.ts";

/** Oracle: written out by hand; spaces before units are narrow and do not break. */
const shown = (text: string): string => text.replaceAll("\u202f", " ").replaceAll("\u2212", "-");

test.each([
  [count("12345678901234567890"), "12,345,678,901,234,567,890"],
  [count(-1200), "-1,200"],
  [decimal(0), "0"],
  [decimal(0.01234), "0.012"],
  [decimal(2.71), "2.71"],
  [decimal(27.12), "27.1"],
  [decimal(271_234), "271,234"],
  [percent(0.253), "25.3 %"],
  [signedPercent(0.0015), "+0.150 %"],
  [signedPercent(-0.5), "-50.0 %"],
  [duration(999), "999 ns"],
  [duration("1250000"), "1.25 ms"],
  [duration(56_800_000), "56.8 ms"],
  [duration(0), "0 ns"],
  [duration(999_900), "1.00 ms"],
  [duration(-2_500), "-2.50 µs"],
  [timestamp("1204003999"), "1.204003 s"],
  [timestamp("0"), "0.000000 s"],
  [pagesAsBytes(512), "2.00 MiB"],
  [bytes(0), "0 B"],
  [bytes(1536), "1.50 KiB"],
  [bytes(2 ** 50), "1,024 TiB"],
  [counted(1, "page"), "1 page"],
  [counted("2", "page"), "2 pages"],
])("%s is written %s", (text, expected) => {
  expect(shown(text)).toBe(expected);
});
