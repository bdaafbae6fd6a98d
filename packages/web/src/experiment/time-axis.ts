import type { ChartAxis } from "../design/chart-data.ts";

const UNITS = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
] as const;

/** An axis of simulated time in ns that ends there, in the unit that suits it. */
export function timeAxis(endNs: number): ChartAxis {
  const [ns, name] = UNITS.find(([size]) => endNs >= 2 * size) ?? [1, "ns"];
  const show = (time: number): string => String(Number((time / ns).toFixed(3)));
  return { label: `simulated time (${name})`, show, from: 0, to: endNs };
}
