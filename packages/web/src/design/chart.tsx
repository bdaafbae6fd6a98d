import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import type { ChartRange } from "./chart-range.ts";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { type ChartData, nearestIndex } from "./chart-data.ts";
import { movedIndex, zoomedRange } from "./chart-keys.ts";
import { shownRange, showRange } from "./chart-zoom.ts";
import { chartOptions } from "./chart-options.ts";
import { onSchemeChange } from "./token-value.ts";

type ChartProps = {
  readonly data: ChartData;
  /** In CSS pixels. */
  readonly height?: number;
  /** The x that the cursor is at, where several charts share it; the chart keeps its own if not given. */
  readonly at?: number | undefined;
  readonly onAt?: (x: number) => void;
  /** What is shown of the x axis; undefined: the whole, and the chart keeps by itself what is zoomed into if `onZoom` is not given. */
  readonly zoom?: ChartRange | undefined;
  readonly onZoom?: (range: ChartRange | undefined) => void;
  /** Is given the picture, for exports. */
  readonly onCanvas?: (canvas: HTMLCanvasElement) => void;
};

/**
 * Lines over an x axis, with a cursor that pointer and keys move and a readout of every series there. Drag, or `+` and `-`,
 * to zoom; double click, or `0`, for the whole.
 */
export function Chart({ data, height = 240, at, onAt, zoom, onZoom, onCanvas }: ChartProps) {
  const [own, setOwn] = useState<number>();
  const { xs } = data;
  const shown = at ?? own ?? xs.at(-1) ?? 0;
  const index = nearestIndex(xs, shown);
  const moveTo = (next: number): void => {
    const x = xs[next] ?? 0;
    setOwn(x);
    onAt?.(x);
  };
  const { frame, chart } = useChart({ data, height, index, moveTo, zoom, onZoom, onCanvas });
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedIndex(index, xs.length, event);
    if (next === undefined && !zoomByKey(chart.current, event.key, data, xs[index] ?? 0)) return;
    event.preventDefault();
    if (next !== undefined) moveTo(next);
  };
  return (
    <div class="chart">
      <Readout data={data} index={index} />
      <div
        class="chart-picture"
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={data.name}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, xs.length - 1)}
        aria-valuenow={index}
        aria-valuetext={readoutText(data, index)}
        style={{ height: `${height}px` }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

type Drawn = {
  readonly data: ChartData;
  readonly height: number;
  readonly index: number;
  readonly moveTo: (index: number) => void;
  readonly zoom: ChartProps["zoom"];
  readonly onZoom: ChartProps["onZoom"];
  readonly onCanvas: ChartProps["onCanvas"];
};

function useChart({ data, height, index, moveTo, zoom, onZoom, onCanvas }: Drawn) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef({ moveTo, zoom, onZoom });
  latest.current = { moveTo, zoom, onZoom };
  const isQuiet = useRef(true);
  const report = (zoomed: uPlot): void => {
    if (!isQuiet.current) latest.current.onZoom?.(shownRange(zoomed, data));
  };
  /** What the address asks for is drawn a microtask later, and is not told to the address again. */
  const show = (made: uPlot, range: ChartRange | undefined): void => {
    isQuiet.current = true;
    showRange(made, range, data);
    queueMicrotask(() => (isQuiet.current = false));
  };
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const width = Math.max(120, element.clientWidth);
    const options = chartOptions(data, { width, height, onCursor: (next) => latest.current.moveTo(next), onZoom: report });
    const made = new uPlot(options, alignedOf(data), element);
    chart.current = made;
    show(made, latest.current.zoom);
    onCanvas?.(made.ctx.canvas);
    const observer = new ResizeObserver(() => made.setSize({ width: Math.max(120, element.clientWidth), height }));
    observer.observe(element);
    const stop = onSchemeChange(() => made.redraw(false, false));
    return () => {
      stop();
      observer.disconnect();
      made.destroy();
    };
  }, [data, height]);
  useEffect(() => {
    const made = chart.current;
    // After the first drawing, which comes a microtask after the chart was made.
    queueMicrotask(() => made?.setCursor({ left: made.valToPos(data.xs[index] ?? 0, "x"), top: 0 }, false));
  }, [data, height, index]);
  useEffect(() => {
    // Of the other charts that share the address, or of the back button.
    if (chart.current !== undefined && onZoom !== undefined) show(chart.current, zoom);
  }, [zoom?.[0], zoom?.[1]]);
  return { frame, chart };
}

function alignedOf({ xs, series }: ChartData): uPlot.AlignedData {
  return [[...xs], ...series.map(({ values }) => [...values])];
}

/** Whether the key was one that zooms. */
function zoomByKey(chart: uPlot | undefined, key: string, { x, xs }: ChartData, at: number): boolean {
  const { min, max } = chart?.scales["x"] ?? {};
  if (chart === undefined || min == null || max == null) return false;
  const whole = [xs[0] ?? 0, xs.at(-1) ?? 1] as const;
  const range = zoomedRange([min, max], key, { at, whole, isLogarithmic: x.isLogarithmic === true });
  if (range === undefined) return false;
  chart.setScale("x", { min: range[0], max: range[1] });
  return true;
}

/** In a fixed place and of a fixed order, so that nothing jumps while the cursor moves. */
function Readout({ data, index }: { readonly data: ChartData; readonly index: number }) {
  const entries = useMemo(() => valuesAt(data, index), [data, index]);
  return (
    <dl class="chart-readout">
      <div>
        <dt>{data.x.label}</dt>
        <dd>{data.xs.length === 0 ? "none" : data.x.show(data.xs[index] ?? 0)}</dd>
      </div>
      {entries.map(({ name, colour, shape, text }) => (
        <div key={name}>
          <dt>
            <span class={`chart-key chart-key-${shape}`} style={{ color: `var(${colour})` }} aria-hidden="true" />
            {name}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function valuesAt({ series, y }: ChartData, index: number) {
  return series.map(({ name, colour, values, shape = "line" }) => {
    const value = values[index] ?? null;
    return { name, colour, shape, text: value === null ? "none" : y.show(value) };
  });
}

function readoutText(data: ChartData, index: number): string {
  const x = data.xs.length === 0 ? "none" : data.x.show(data.xs[index] ?? 0);
  return [`${data.x.label} ${x}`, ...valuesAt(data, index).map(({ name, text }) => `${name} ${text}`)].join(", ");
}
