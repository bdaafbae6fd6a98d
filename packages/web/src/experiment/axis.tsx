import { type Scale, shareOf } from "./scale.ts";

export function percentOf(scale: Scale, value: number): string {
  return `${(shareOf(scale, value) * 100).toFixed(3)}%`;
}

/** Below a plot that is as wide: its ticks. */
export function Axis({ scale, show, label }: { readonly scale: Scale; readonly show: (value: number) => string; readonly label: string }) {
  const last = scale.ticks.length - 1;
  return (
    <svg class="plot-axis" width="100%" height="40" aria-hidden="true">
      {scale.ticks.map((tick, place) => (
        <text key={tick} x={percentOf(scale, tick)} y="14" text-anchor={place === 0 ? "start" : place === last ? "end" : "middle"}>
          {show(tick)}
        </text>
      ))}
      <text x="50%" y="34" text-anchor="middle" class="plot-axis-label">
        {label}
      </text>
    </svg>
  );
}

/** Vertical lines at the ticks, of which the zero is stronger. */
export function GridLines({ scale, height }: { readonly scale: Scale; readonly height: number }) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <line
          key={tick}
          class={tick === 0 ? "plot-zero" : "plot-grid"}
          x1={percentOf(scale, tick)}
          x2={percentOf(scale, tick)}
          y1="0"
          y2={height}
        />
      ))}
    </>
  );
}
