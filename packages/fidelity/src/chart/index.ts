export type { Chart, Line, LineChart } from "./chart.ts";
export { drawChart } from "./draw-chart.ts";
export { PALETTES } from "./theme.ts";
