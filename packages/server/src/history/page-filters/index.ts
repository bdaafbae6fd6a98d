export { insertFilter, MIN_FILTER_EVENTS, PAGE_FILTER, type PositionRange, rangesWithout } from "./filter-rows.ts";
export { PageFilterBuilder } from "./page-filter.ts";
export { hashesOf, PageKind } from "./page-key.ts";
