import { describe, expect, test } from "vitest";
import type { BarChart, LineChart } from "./chart.ts";
import { drawChart } from "./draw-chart.ts";

const lines: LineChart = {
  kind: "lines",
  name: "lines",
  title: "Faults & frames",
  description: "a < b",
  x: { label: "frames" },
  y: { label: "faults" },
  lines: [
    {
      name: "simulated",
      shape: "step",
      points: [
        [0, 0],
        [10, 100],
      ],
    },
    {
      name: "law",
      shape: "line",
      isExpected: true,
      points: [
        [0, 0],
        [10, 100],
      ],
    },
  ],
};

const bars: BarChart = {
  kind: "bars",
  name: "bars",
  title: "Bars",
  description: "two of them",
  y: { label: "ms" },
  categories: ["first", "second"],
  series: [{ name: "only", values: [50, 100] }],
};

const coordinates = (svg: string, pattern: RegExp): number[] => [...svg.matchAll(pattern)].map(([, number]) => Number(number));

describe("a chart", () => {
  test("tells title, axes and legend, as text that XML can hold", () => {
    const svg = drawChart(lines);
    for (const text of ["Faults &amp; frames", "a &lt; b", ">frames<", ">faults<", ">simulated<", ">law<"]) expect(svg).toContain(text);
  });

  // Oracle: the plot is 64 to 736 pixels wide and 280 high, and both axes begin at 0.
  test("of lines draws a point where its axes say it is", () => {
    const path = /class="s0 line" d="M([\d.]+),([\d.]+)L[\d.]+,[\d.]+L([\d.]+),([\d.]+)"/.exec(drawChart(lines));
    const [left = 0, bottom = 0, right = 0, top = 0] = (path ?? []).slice(1).map(Number);
    expect([left, right, bottom - top]).toEqual([64, 736, 280]);
  });

  test("of more lines than there are colours draws those that have a colour again with dots", () => {
    const line = (index: number): LineChart["lines"][number] => ({
      name: `line ${index}`,
      shape: "line",
      points: [
        [0, index],
        [1, index],
      ],
    });
    const svg = drawChart({ ...lines, lines: Array.from({ length: 8 }, (_, index) => line(index)) });
    const looks = [...svg.matchAll(/<path class="(s\d line[^"]*)" d="M\d+,/g), ...svg.matchAll(/<path class="(s\d line[^"]*)" d="M\d+ /g)];
    expect(new Set(looks.map(([, look]) => look)).size).toBe(8);
  });

  test("of bars draws a value of half the height of its double", () => {
    const heights = coordinates(drawChart(bars), /class="s0 fill"[^>]* height="([\d.]+)"/g);
    expect(heights).toEqual([140, 280]);
  });

  // Oracle: from 1 to 100 in powers of ten, 10 is half-way up.
  test("with a logarithmic axis draws ten times as much one step higher", () => {
    const y = { label: "ms", isLogarithmic: true } as const;
    const heights = coordinates(
      drawChart({ ...bars, y, series: [{ name: "only", values: [10, 100] }] }),
      /class="s0 fill"[^>]* height="([\d.]+)"/g,
    );
    expect(heights).toEqual([140, 280]);
  });
});
