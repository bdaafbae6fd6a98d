import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { tokenValue } from "../../design/token-value.ts";
import { colourScheme } from "../colouring/colour-scheme.ts";
import type { Steps } from "./resample.ts";
import { type Span, xOf } from "./time-scale.ts";

export type LaneLine = {
  readonly token: string;
  readonly values: readonly (number | null)[];
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
};

/** Parts of the lane's ground, such as the memory states, that hold from a time on. */
export type LaneBands = { readonly steps: Steps; readonly tokenOf: (value: number) => string | undefined };

/** A value that is drawn across the lane. */
export type LaneLevel = { readonly value: number; readonly token: string };

export type LaneProps = {
  readonly width: number;
  readonly height: number;
  readonly span: Span;
  readonly times: Float64Array;
  readonly max: number;
  readonly lines: readonly LaneLine[];
  readonly bands?: LaneBands | undefined;
  readonly levels?: readonly LaneLevel[] | undefined;
};

/** Curves over simulated time, as wide as all other lanes. */
export function Lane(props: LaneProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const newest = useRef(props);
  newest.current = props;
  const { width, height, span, times, max, lines, bands, levels } = props;
  const shape = lines.map(({ token, isDashed, isFilled }) => `${token} ${isDashed} ${isFilled}`).join();
  useEffect(() => {
    plot.current = new uPlot(optionsOf(newest), dataOf(newest.current), place.current!);
    return () => plot.current?.destroy();
  }, [shape, colourScheme.value]);
  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);
  useEffect(() => {
    plot.current?.batch(() => {
      plot.current?.setData(dataOf(newest.current), false);
      plot.current?.setScale("x", { min: span.fromNs, max: span.toNs });
      plot.current?.setScale("y", { min: 0, max });
    });
    plot.current?.redraw();
  }, [span, times, lines, max, bands, levels, shape]);
  return <div ref={place} class="map-lane-plot" style={{ height: `${height}px` }} />;
}

type Newest = { readonly current: LaneProps };

function dataOf({ times, lines }: LaneProps): uPlot.AlignedData {
  return [times, ...lines.map(({ values }) => values as (number | null)[])];
}

function optionsOf(newest: Newest): uPlot.Options {
  const { width, height, lines, span, max } = newest.current;
  return {
    width,
    height,
    padding: [2, 0, 1, 0],
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: false, min: span.fromNs, max: span.toNs }, y: { auto: false, min: 0, max } },
    series: [{}, ...lines.map(seriesOf)],
    hooks: { drawClear: [(plot) => drawGround(plot, newest.current)] },
  };
}

function seriesOf({ token, isDashed, isFilled }: LaneLine): uPlot.Series {
  const stroke = tokenValue(token);
  const series: uPlot.Series = { stroke, width: 1.5, points: { show: false } };
  if (isDashed === true) series.dash = [3, 3];
  if (isFilled === true) series.fill = `${stroke}33`;
  return series;
}

function drawGround(plot: uPlot, { span, bands, levels, max }: LaneProps): void {
  const { ctx, bbox } = plot;
  // uPlot relies on finding the context as it left it.
  ctx.save();
  const { timesNs = new Float64Array(), values = new Float64Array() } = bands?.steps ?? {};
  for (const [step, fromNs] of timesNs.entries()) {
    const token = bands?.tokenOf(values[step] ?? 0);
    if (token === undefined) continue;
    const left = Math.max(0, xOf(fromNs, span, bbox.width));
    const right = Math.min(bbox.width, xOf(timesNs[step + 1] ?? span.toNs, span, bbox.width));
    ctx.fillStyle = tokenValue(token);
    if (right > left) ctx.fillRect(bbox.left + left, bbox.top, Math.max(1, right - left), bbox.height);
  }
  for (const { value, token } of levels ?? []) {
    ctx.fillStyle = tokenValue(token);
    const y = bbox.top + bbox.height * (1 - value / max);
    for (let x = 0; x < bbox.width; x += 8) ctx.fillRect(bbox.left + x, Math.round(y), 4, 1);
  }
  ctx.restore();
}
