import { expect, test } from "vitest";
import { halfWidthText, metricText, rowTexts } from "./metric-text.ts";

/** Oracle: what `ballast serve` prints of the sample's comparison, set by hand. How numbers are rounded is tested in core. */
test("values of metrics have the page's spaces, micro sign and minus sign", () => {
  expect(metricText("NS", 56_844_321)).toBe("56.8\u202fms");
  expect(metricText("NS", -1_900)).toBe("\u22121.90\u202fµs");
  expect(metricText("PER_SECOND", 310_000)).toBe("310\u202fk");
  expect(metricText("PAGE_SECONDS", 0.0125)).toBe("0.0125\u202fpage s");
  expect(metricText("COUNT", 74.6667)).toBe("74.7");
  expect(halfWidthText("NS", { mean: 56_900_000, high: 56_901_934.4 })).toBe(" ±\u202f1.9\u202fµs");
  expect(halfWidthText("NS", { mean: 5, high: null })).toBe("");
});

test("a row takes as many digits as tell its values apart", () => {
  expect(rowTexts("RATIO", [1.00714, 1.00865, 1.34852, 2.0821])).toEqual(["1.007", "1.009", "1.349", "2.082"]);
  expect(rowTexts("COUNT", [75, 249, 75])).toEqual(["75", "249", "75"]);
});
