import uPlot from "uplot";
import type { ChartAxis, ChartData, ChartMark, ChartSeries } from "./chart-data.ts";
import { tokenValue } from "./token-value.ts";

type Listening = {
  readonly width: number;
  readonly height: number;
  /** Of the point that the pointer is at. */
  readonly onCursor: (index: number) => void;
  /** Another part of the x axis is shown. */
  readonly onZoom: (chart: uPlot) => void;
};

/** uPlot declares its values as an enumeration that is not there at run time. */
const LOGARITHMIC: object = { distr: 3 };

const LABEL_SIZE = 22;
const LETTER = 6.6;
/** What a drag is at least, so that a click zooms nothing. */
const MIN_DRAG = 6;

/** What uPlot draws. Colours are asked for at each drawing: light and dark may change meanwhile. */
export function chartOptions(data: ChartData, { width, height, onCursor, onZoom }: Listening): uPlot.Options {
  const font = `12px ${tokenValue("--font")}`;
  return {
    width,
    height,
    legend: { show: false },
    padding: [data.marks === undefined ? 10 : 22, 14, 0, 0],
    scales: { x: scaleOf(data.x, data.xs), y: scaleOf(data.y) },
    axes: [axisOf(data.x, font, "x"), axisOf(data.y, font, "y")],
    series: [{}, ...data.series.map(seriesOf)],
    cursor: {
      y: false,
      drag: { x: true, y: false, dist: MIN_DRAG },
      points: { size: 8 },
      // The cursor stays where it was, so that the readout does not change when the pointer leaves.
      bind: { mouseleave: () => () => null },
      move: (chart, left, top) => [chart.valToPos(data.xs[chart.posToIdx(left)] ?? 0, "x"), top],
    },
    hooks: {
      // It is called when the chart is drawn or resized, too: only a pointer moves the cursor.
      setCursor: [({ cursor }) => (cursor.idx == null || cursor.event == null ? undefined : onCursor(cursor.idx))],
      setScale: [(chart, scale) => (scale === "x" ? onZoom(chart) : undefined)],
      draw: [(chart) => drawMarks(chart, data.marks ?? [], font)],
    },
  };
}

/** A zoomed x axis has other ends than the data. */
function scaleOf({ from, to, isLogarithmic = false }: ChartAxis, xs?: readonly number[]): uPlot.Scale {
  const range = (_: uPlot, min: number, max: number): [number, number] => {
    if (xs === undefined) return yRange(min, max, from, to);
    const low = min === xs[0] ? (from ?? min) : min;
    const high = max === xs.at(-1) ? (to ?? max) : max;
    return low === high ? [low, low + 1] : [low, high];
  };
  return { time: false, range, ...(isLogarithmic ? LOGARITHMIC : {}) };
}

/** With air above, so that the highest line is not at the edge. */
function yRange(min: number | null, max: number | null, from: number | undefined, to: number | undefined): [number, number] {
  const low = from ?? Math.min(0, min ?? 0);
  const high = to ?? (max ?? 1) + ((max ?? 1) - low) * 0.05;
  return high > low ? [low, high] : [low, low + 1];
}

function axisOf({ label, show }: ChartAxis, font: string, side: "x" | "y"): uPlot.Axis {
  const line = { stroke: () => tokenValue("--line"), width: 1 };
  return {
    font,
    labelFont: font,
    stroke: () => tokenValue("--ink-faint"),
    grid: line,
    ticks: { ...line, size: 4 },
    values: (_, splits) => splits.map((split) => (split == null ? "" : show(split))),
    ...(side === "x"
      ? { label, labelSize: LABEL_SIZE, size: 28, space: 90 }
      : { space: 36, size: (_: uPlot, texts: readonly string[] | null) => 14 + LETTER * Math.max(3, ...lengths(texts)) }),
  };
}

function lengths(texts: readonly string[] | null): number[] {
  return (texts ?? []).map(({ length }) => length);
}

function seriesOf({ name, colour, shape = "line" }: ChartSeries): uPlot.Series {
  const stroke = (): string => tokenValue(colour);
  const dots = { show: shape === "dots", size: 7, fill: stroke };
  const paths = { steps: uPlot.paths.stepped?.({ align: 1 }), dots: () => null, line: undefined, dashes: undefined }[shape];
  return {
    label: name,
    stroke,
    width: 2,
    spanGaps: true,
    points: dots,
    ...(paths === undefined ? {} : { paths }),
    ...(shape === "dashes" ? { dash: [5, 4] } : {}),
  };
}

function drawMarks(chart: uPlot, marks: readonly ChartMark[], font: string): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = tokenValue("--ink-soft");
  ctx.fillStyle = tokenValue("--ink-soft");
  ctx.lineWidth = ratio;
  ctx.font = font.replace("12px", `${12 * ratio}px`);
  for (const { x, label } of marks) {
    const left = Math.round(chart.valToPos(x, "x", true));
    if (left < bbox.left || left > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.textAlign = left > bbox.left + bbox.width / 2 ? "right" : "left";
    ctx.fillText(label, left, bbox.top - 6 * ratio);
  }
  ctx.restore();
}
