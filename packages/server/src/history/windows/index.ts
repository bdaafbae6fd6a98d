export { type Region, regionBytes, RegionReader } from "./region-reader.ts";
export { type TableId, type TableWindow, windowAround } from "./table-window.ts";
export { changesWholeTables } from "./window-events.ts";
export { readWindow, type RealPageEntry, TableEntries } from "./window-reader.ts";
