/** @internal Part of Ballast itself: changes without notice. */
export { applyBatch, applyEvent, applyValues, changesTables } from "./apply-event.ts";
export { COMPRESSED_BLOCK_BYTES } from "./compressed-block.ts";
export { Counter, COUNTERS, type CounterName, faultsOf, readAheadOf } from "./counters.ts";
export { FRAME_FILLED, FRAME_OVERHEAD, FRAME_SHARED, FRAME_ZEROED, Frames, OWNER_FREE, OWNER_HYPERVISOR, OWNER_SHARED } from "./frames.ts";
export { MachineTables } from "./machine-tables.ts";
export { fileContent, imageContent, isCommonPage, type PageImage, ProcessTables } from "./process-tables.ts";
export { loadTables, markAllWritten, type SavedTables, saveTables } from "./saved-tables.ts";
export { blankEntries, columnLike, deriveTables, imageOf, type Table, tableColumns, type TableColumn, tablesOf } from "./table-columns.ts";
export { machineFacts, type MachineFacts, machineFromFacts, type VmFacts } from "./table-facts.ts";
export { endEpoch, NEVER_WRITTEN, TILE_ENTRIES, type TileMarks } from "./tile-marks.ts";
export { Kept, RealUse, VmLife } from "./vm-states.ts";
export { VmTables } from "./vm-tables.ts";
export { namesIn, tableLayout } from "./table-layout.ts";
export type { FramesOutline, MachineOutline, ProcessOutline, VmOutline } from "./table-outline.ts";
export { blankTables, type BlankMaker, type ColumnSource, emptyLike, type IntColumn, noEntries, type TableSource } from "./table-source.ts";
export { hostMetrics, vmMetric } from "./table-metrics.ts";
export { walkReferences } from "./walk-references.ts";
