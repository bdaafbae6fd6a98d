import { useState } from "preact/hooks";
import { Axis, GridLines, percentOf } from "./axis.tsx";
import { variantColour } from "./experiment-words.ts";
import { metricText, rowTexts } from "./metric-text.ts";
import { niceScale, type Scale } from "./scale.ts";
import type { MetricAnalysis, Summary } from "./use-experiment.ts";

const ROW_HEIGHT = 40;

export type StripRow = Summary & { readonly colour: string };

/** The compared variants and those beside them that have values. */
export function stripRows({ variants, references }: MetricAnalysis): StripRow[] {
  const compared = variants.map((summary, place) => ({ ...summary, colour: variantColour(place, true) }));
  const beside = references.map((summary, place) => ({ ...summary, colour: variantColour(place, false) }));
  return [...compared, ...beside].filter(({ mean }) => mean !== null);
}

type StripPlotProps = { readonly metric: MetricAnalysis; readonly rows: readonly StripRow[]; readonly seeds: readonly string[] };

/** A dot for the run of each seed, the dots of one seed joined; a tick at the mean. */
export function StripPlot({ metric, rows, seeds }: StripPlotProps) {
  const [seed, setSeed] = useState<number>();
  const values = rows.flatMap((row) => row.values).filter((value) => value !== null);
  const scale = niceScale(Math.min(...values), Math.max(...values));
  const height = rows.length * ROW_HEIGHT;
  return (
    <div class="strip">
      <ul class="strip-labels">
        {rows.map(({ variant, colour }) => (
          <li key={variant}>
            <span class="swatch" style={{ background: `var(${colour})` }} aria-hidden="true" />
            {variant}
          </li>
        ))}
      </ul>
      <div class="plot-picture">
        <svg
          width="100%"
          height={height}
          role="img"
          aria-label={`${metric.title} of each variant and seed`}
          onPointerLeave={() => setSeed(undefined)}
        >
          <GridLines scale={scale} height={height} />
          {seeds.map((_, place) => (
            <SeedLine key={place} rows={rows} scale={scale} place={place} isChosen={place === seed} onEnter={() => setSeed(place)} />
          ))}
          {rows.map((row, index) => (
            <line
              key={row.variant}
              class="strip-mean"
              x1={percentOf(scale, row.mean ?? 0)}
              x2={percentOf(scale, row.mean ?? 0)}
              y1={index * ROW_HEIGHT + 8}
              y2={index * ROW_HEIGHT + ROW_HEIGHT - 8}
            />
          ))}
        </svg>
        <Axis scale={scale} show={(value) => metricText(metric.unit, value)} label={metric.title} />
        <p class="small soft strip-readout">
          {seed === undefined ? "A dot for each seed; lines join the runs of one seed." : seedText(metric, rows, seed, seeds)}
        </p>
      </div>
    </div>
  );
}

type SeedLineProps = {
  readonly rows: readonly StripRow[];
  readonly scale: Scale;
  readonly place: number;
  readonly isChosen: boolean;
  readonly onEnter: () => void;
};

function SeedLine({ rows, scale, place, isChosen, onEnter }: SeedLineProps) {
  const dots = rows.flatMap(({ values, colour }, row) => {
    const value = values[place] ?? null;
    return value === null ? [] : [{ x: percentOf(scale, value), y: row * ROW_HEIGHT + ROW_HEIGHT / 2, colour }];
  });
  return (
    <g class={isChosen ? "strip-seed strip-seed-chosen" : "strip-seed"} onPointerEnter={onEnter}>
      {dots.slice(1).map(({ x, y }, before) => (
        <line key={y} x1={dots[before]?.x} y1={dots[before]?.y} x2={x} y2={y} />
      ))}
      {dots.map(({ x, y, colour }) => (
        <circle key={y} cx={x} cy={y} r="5" style={{ fill: `var(${colour})` }} />
      ))}
    </g>
  );
}

function seedText({ unit }: MetricAnalysis, rows: readonly StripRow[], place: number, seeds: readonly string[]): string {
  const parts = rows.map(({ variant, values }) => `${variant} ${values[place] == null ? "none" : metricText(unit, values[place])}`);
  return `Seed ${seeds[place] ?? ""}: ${parts.join(", ")}`;
}

/** The same as numbers. */
export function StripTable({ metric, rows, seeds }: StripPlotProps) {
  const texts = rowTexts(
    metric.unit,
    rows.flatMap(({ values }) => values).filter((value) => value !== null),
  );
  const known = [...texts];
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={`${metric.title} of each variant and seed`}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">variant</th>
            {seeds.map((seed) => (
              <th class="number" scope="col" key={seed}>
                seed {seed}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ variant, values }) => (
            <tr key={variant}>
              <th scope="row">{variant}</th>
              {values.map((value, place) => (
                <td class="number" key={seeds[place]}>
                  {value === null ? "none" : known.shift()}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
