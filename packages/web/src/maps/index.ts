export type { MapSpace } from "./live-space.ts";
export type { PageMap } from "./live-map.ts";
export type { MapRequest } from "./map-requests.ts";
export type { AgeTerm } from "./answers.ts";
export type { PageActivity } from "./page-activity.ts";
export type { PageAges } from "./page-ages.ts";
export { PageMaps, type PageMapsOptions } from "./page-maps.ts";
export { type PageState, type StateTable, type StateTables, type StateTerm, statesOf } from "./states.ts";
