export { mayHave } from "./bloom-filter.ts";
export { insertFilter, MIN_FILTER_EVENTS, PAGE_FILTER, type PositionRange, rangesWithout } from "./filter-rows.ts";
export { PageFilterBuilder } from "./page-filter.ts";
export { entriesOf, PageKind, type NamedPage } from "./page-key.ts";
export { rangesOfRunWithout } from "./run-ranges.ts";
