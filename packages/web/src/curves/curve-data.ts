import type { ChartData, ChartSeries } from "../design/chart-data.ts";
import { count } from "../format/numbers.ts";
import type { CurvesQuery } from "./curves.generated.ts";

export type MissRatioCurves = NonNullable<CurvesQuery["missRatioCurve"]>;
type PolicyCurve = MissRatioCurves["curves"][number];

/** As `ballast mrc` shows ratios. */
const RATIO_DIGITS = 4;

export function ratioText(ratio: number): string {
  return ratio.toFixed(RATIO_DIGITS);
}

export type CurveLook = {
  readonly isLogarithmic: boolean;
  readonly size: number | undefined;
  readonly isBound: (policy: string) => boolean;
};

/** The curves over memory; bounds are dashed and of the colour of references, an estimate is dots. */
export function curveChart(curves: MissRatioCurves, { isLogarithmic, size, isBound }: CurveLook): ChartData {
  const frames = framesOf(curves);
  const at = (points: readonly { readonly frames: number; readonly missRatio: number }[]): (number | null)[] => {
    const ratios = new Map(points.map((point) => [point.frames, point.missRatio]));
    return frames.map((each) => ratios.get(each) ?? null);
  };
  let place = 0;
  const series = curves.curves.map(({ policy, points }): ChartSeries => {
    const bound = isBound(policy);
    const colour = bound ? "--ink-faint" : `--vm-${place++ % 8}`;
    return { name: seriesName(policy, bound), colour, values: at(points), shape: bound ? "dashes" : "line" };
  });
  const estimate = curves.shards;
  if (estimate !== null)
    series.push({ name: `lru by SHARDS, rate ${estimate.rate}`, colour: "--ink", values: at(estimate.points), shape: "dots" });
  return {
    name: `Miss ratio curves of ${curves.trace}`,
    x: { label: "memory (frames of 4 KiB)", show: count, isLogarithmic, to: Math.max(frames.at(-1) ?? 1, size ?? 1) },
    y: { label: "miss ratio", show: ratioText, from: 0 },
    xs: frames,
    series,
    ...(size === undefined ? {} : { marks: [{ x: size, label: `${count(size)} pages` }] }),
  };
}

export function seriesName(policy: string, isBound: boolean): string {
  return isBound ? `${policy} (MIN, the bound)` : policy;
}

/** Every size that a curve has, ascending. */
export function framesOf({ curves }: MissRatioCurves): number[] {
  return [...new Set(curves.flatMap(({ points }) => points.map(({ frames }) => frames)))].sort((left, right) => left - right);
}

/** Misses with the most frames that a curve was counted with, up to this many: what a memory of this size is sure to reach. */
export function pointAt({ points }: PolicyCurve, frames: number): PolicyCurve["points"][number] | undefined {
  return points.findLast((point) => point.frames <= frames);
}

/** As `ballast mrc --csv` writes it. */
export function curveCsv({ curves, shards }: MissRatioCurves): string {
  const lines = curves.flatMap(({ policy, points }) =>
    points.map((point) => `${policy},${point.frames},${point.misses},${point.missRatio}`),
  );
  const estimates = shards?.points.map(({ frames, missRatio }) => `lru by SHARDS-adj,${frames},,${missRatio}`) ?? [];
  return `${["policy,frames,misses,missRatio", ...lines, ...estimates].join("\n")}\n`;
}
