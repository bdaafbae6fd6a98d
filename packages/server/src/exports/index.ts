export { csvBytes } from "./csv-bytes.ts";
export { decisionTable } from "./decision-table.ts";
export { eventTable, type RunSource } from "./event-table.ts";
export { experimentMetricTable, experimentTable } from "./experiment-table.ts";
export { jsonBytes } from "./json-bytes.ts";
export { parquetBytes } from "./parquet-bytes.ts";
export { runTable, vmTable } from "./run-table.ts";
export { seriesTable } from "./series-table.ts";
export type { ExportTable } from "./table.ts";
