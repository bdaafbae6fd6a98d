import { describe, expect, test } from "vitest";
import { curveChart, curveCsv, type MissRatioCurves, pointAt, ratioText } from "./curve-data.ts";

/** The string of the usual textbooks under three frames and four: misses as they print them, and as docs/mrc.md counts. */
const CURVES: MissRatioCurves = {
  trace: "textbook",
  referenceCount: "20",
  pageCount: 6,
  notes: [],
  curves: [
    { policy: "fifo", points: [{ frames: 3, misses: "15", missRatio: 0.75 }] },
    {
      policy: "opt",
      points: [
        { frames: 3, misses: "9", missRatio: 0.45 },
        { frames: 4, misses: "8", missRatio: 0.4 },
      ],
    },
  ],
  shards: { rate: 0.5, sampledPages: 3, meanAbsoluteError: 0.05, points: [{ frames: 3, missRatio: 0.5, error: -0.1 }] },
};

describe("the curves of a trace", () => {
  const isBound = (policy: string): boolean => policy === "opt";

  test("are drawn over every size, bounds in the colour of references, the VM's size marked", () => {
    const { xs, series, marks, x } = curveChart(CURVES, { isLogarithmic: true, size: 4, isBound });
    expect(xs).toEqual([3, 4]);
    expect(series.map(({ name, colour, shape, values }) => [name, colour, shape, values])).toEqual([
      ["fifo", "--vm-0", "line", [0.75, null]],
      ["opt (MIN, the bound)", "--ink-faint", "dashes", [0.45, 0.4]],
      ["lru by SHARDS, rate 0.5", "--ink", "dots", [0.5, null]],
    ]);
    expect(marks).toEqual([{ x: 4, label: "4 pages" }]);
    expect(x.isLogarithmic).toBe(true);
  });

  test("are written as `ballast mrc --csv` writes them", () => {
    expect(curveCsv(CURVES).split("\n")).toEqual([
      "policy,frames,misses,missRatio",
      "fifo,3,15,0.75",
      "opt,3,9,0.45",
      "opt,4,8,0.4",
      "lru by SHARDS-adj,3,,0.5",
      "",
    ]);
  });

  test("have counts at the largest counted size that fits", () => {
    const [fifo, opt] = CURVES.curves;
    expect(pointAt(fifo as never, 5)?.misses).toBe("15");
    expect(pointAt(opt as never, 2)).toBeUndefined();
    expect(ratioText(0.123456)).toBe("0.1235");
  });
});
