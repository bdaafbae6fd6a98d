import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { type ChartData, nearestIndex } from "./chart-data.ts";
import { movedIndex, zoomedRange } from "./chart-keys.ts";
import { chartOptions } from "./chart-options.ts";
import { onSchemeChange } from "./token-value.ts";

type ChartProps = {
  readonly data: ChartData;
  /** In CSS pixels. */
  readonly height?: number;
  /** The x that the cursor is at, where several charts share it; the chart keeps its own if not given. */
  readonly at?: number | undefined;
  readonly onAt?: (x: number) => void;
  /** Is given the picture, for exports. */
  readonly onCanvas?: (canvas: HTMLCanvasElement) => void;
};

/**
 * Lines over an x axis, with a cursor that pointer and keys move and a readout of every series there. Drag, or `+` and `-`,
 * to zoom; double click, or `0`, for the whole.
 */
export function Chart({ data, height = 240, at, onAt, onCanvas }: ChartProps) {
  const [own, setOwn] = useState<number>();
  const { xs } = data;
  const shown = at ?? own ?? xs.at(-1) ?? 0;
  const index = nearestIndex(xs, shown);
  const moveTo = (next: number): void => {
    const x = xs[next] ?? 0;
    setOwn(x);
    onAt?.(x);
  };
  const { frame, chart } = useChart({ data, height, index, moveTo, onCanvas });
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedIndex(index, xs.length, event);
    if (next === undefined && !zoom(chart.current, event.key, data, xs[index] ?? 0)) return;
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
  readonly onCanvas: ChartProps["onCanvas"];
};

function useChart({ data, height, index, moveTo, onCanvas }: Drawn) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(moveTo);
  latest.current = moveTo;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const width = Math.max(120, element.clientWidth);
    const options = chartOptions(data, { width, height, onCursor: (next) => latest.current(next) });
    const made = new uPlot(options, alignedOf(data), element);
    chart.current = made;
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
  return { frame, chart };
}

function alignedOf({ xs, series }: ChartData): uPlot.AlignedData {
  return [[...xs], ...series.map(({ values }) => [...values])];
}

/** Whether the key was one that zooms. */
function zoom(chart: uPlot | undefined, key: string, { x, xs }: ChartData, at: number): boolean {
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
