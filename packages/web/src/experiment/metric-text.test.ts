import { describe, expect, test } from "vitest";
import { halfWidthText, metricText, rowTexts } from "./metric-text.ts";

/** Thin spaces as blanks, and the page's micro sign as the letter that terminals show. */
const plain = (text: string): string => text.replaceAll("\u202f", " ").replaceAll("µs", "us");

/** Oracle: what `ballast serve` prints of the sample's comparison, and docs/comparisons.md. */
describe("values of metrics are rounded as the command line rounds them", () => {
  test("times, counts and their half-widths", () => {
    expect(plain(metricText("NS", 56_844_321))).toBe("56.8 ms");
    expect(plain(metricText("NS", 153_700_000))).toBe("154 ms");
    expect(plain(halfWidthText("NS", { mean: 56_900_000, high: 56_901_934.4 }).trim())).toBe("± 1.9 us");
    expect(plain(halfWidthText("COUNT", { mean: 711, high: 729 }).trim())).toBe("± 18");
    expect(plain(halfWidthText("RATIO", { mean: 2.082, high: 2.1011 }).trim())).toBe("± 0.019");
    expect(plain(halfWidthText("RATIO", { mean: 1.009, high: 1.00903 }).trim())).toBe("± 0.000030");
    expect(halfWidthText("NS", { mean: 5, high: null })).toBe("");
  });

  test("a row takes as many digits as tell its values apart", () => {
    expect(rowTexts("RATIO", [1.00714, 1.00865, 1.34852, 2.0821])).toEqual(["1.007", "1.009", "1.349", "2.082"]);
    expect(rowTexts("COUNT", [75, 249, 75])).toEqual(["75", "249", "75"]);
  });

  test("what is rounded up to a thousand is one of the next unit", () => {
    expect(plain(metricText("NS", 999_999))).toBe("1.00 ms");
    expect(plain(metricText("BYTES", 1_250_000))).toBe("1.25 MB");
    expect(plain(metricText("PER_SECOND", 310_000))).toBe("310 k");
    expect(plain(metricText("PAGE_SECONDS", 0.0125))).toBe("0.0125 page s");
    expect(plain(metricText("NS", 512))).toBe("512 ns");
  });

  test("means of counts have decimals below a hundred", () => {
    expect(metricText("COUNT", 74.6667)).toBe("74.7");
    expect(metricText("COUNT", 1234.5)).toBe("1,235");
    expect(metricText("VMS", 0)).toBe("0");
  });
});
