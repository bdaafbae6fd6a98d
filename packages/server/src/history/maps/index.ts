export {
  FRAME_CELL_STATES,
  FRAME_STATES,
  frameCell,
  frameUse,
  partsOfRealPageCell,
  REAL_PAGE_CELLS,
  REAL_PAGE_STATES,
  realPageCell,
} from "./cell-states.ts";
export { Backing, FrameUse, type StateTable, type StateTerm } from "./cell-states.ts";
export { isMapColumn, mapColumnsOf } from "./map-columns.ts";
export { MapCursor, type SpaceInfo } from "./map-cursor.ts";
export { MapHistory } from "./map-history.ts";
export { LEAPS, STEPS, type StepWindow, type WindowKind } from "./step-window.ts";
export { eventsBehind } from "./events-behind.ts";
export { ageOf, IDLE_AGES, PAGE_AGES, PageAges } from "./page-ages.ts";
