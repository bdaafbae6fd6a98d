import { Axis, GridLines, percentOf } from "./axis.tsx";
import type { Differences } from "./differences.ts";
import { metricText } from "./metric-text.ts";
import type { Scale } from "./scale.ts";
import { ToneMark } from "./tone-mark.tsx";
import type { MetricAnalysis } from "./use-experiment.ts";
import { toneOf, verdictText } from "./verdict-words.ts";

const ROW_HEIGHT = 40;

type DotPlotProps = { readonly metric: MetricAnalysis; readonly differences: Differences; readonly relativeFloor: number };

/** Paired differences from the baseline with their 95 % intervals: a row for each variant, with the same in words beside it. */
export function DotPlot({ metric, differences: { scale, rows, isRelative }, relativeFloor }: DotPlotProps) {
  const show = isRelative ? percentText : (value: number): string => metricText(metric.unit, value);
  const label = isRelative ? `difference from ${metric.baseline} (%)` : `difference from ${metric.baseline}`;
  const floor = isRelative ? relativeFloor * 100 : 0;
  return (
    <table class="plot">
      <caption class="visually-hidden">
        {metric.title} compared with {metric.baseline}, with 95 % intervals
      </caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">variant</th>
          <th scope="col">picture</th>
          <th scope="col">difference, its 95 % interval, and the verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.comparison.variant}>
            <th scope="row">{row.comparison.variant}</th>
            <td class="plot-picture">
              <Dot row={row} scale={scale} floor={floor} />
            </td>
            <td class="plot-words">
              <span>
                <ToneMark tone={toneOf(row.comparison.verdict)} /> {verdictText(row.comparison.verdict)}
              </span>
              <span class="small soft">{row.comparison.interval ?? row.comparison.short}</span>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          <td class="plot-picture">
            <Axis scale={scale} show={show} label={label} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

type DotProps = { readonly row: Differences["rows"][number]; readonly scale: Scale; readonly floor: number };

function Dot({ row, scale, floor }: DotProps) {
  const { comparison, interval } = row;
  const { value, low, high } = interval;
  const middle = ROW_HEIGHT / 2;
  const tone = toneOf(comparison.verdict);
  return (
    <svg width="100%" height={ROW_HEIGHT} aria-hidden="true">
      {floor === 0 ? null : (
        <svg x={percentOf(scale, -floor)} width="100%" height={ROW_HEIGHT}>
          <rect class="plot-floor" width={widthOf(scale, 2 * floor)} height={ROW_HEIGHT} />
        </svg>
      )}
      <GridLines scale={scale} height={ROW_HEIGHT} />
      <g class={`tone-${tone}`}>
        {low === null || high === null ? null : (
          <line class="plot-interval" x1={percentOf(scale, low)} x2={percentOf(scale, high)} y1={middle} y2={middle} />
        )}
        {low !== null && low < scale.from ? <CutEnd x="0" y={middle} towards={-1} /> : null}
        {high !== null && high > scale.to ? <CutEnd x="100%" y={middle} towards={1} /> : null}
        <circle class={tone === "undecided" ? "plot-dot plot-dot-hollow" : "plot-dot"} cx={percentOf(scale, value)} cy={middle} r="5" />
      </g>
    </svg>
  );
}

/** An arrow: the interval continues beyond the axis. */
function CutEnd({ x, y, towards }: { readonly x: string; readonly y: number; readonly towards: 1 | -1 }) {
  return (
    <svg x={x} y={y} overflow="visible">
      <path class="plot-interval" fill="none" d={`M${-7 * towards},-5 L0,0 L${-7 * towards},5`} />
    </svg>
  );
}

function percentText(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "\u2212" : ""}${Math.abs(value)}`;
}

function widthOf({ from, to }: Scale, length: number): string {
  return `${((length / (to - from)) * 100).toFixed(3)}%`;
}
