export { type CauseFound, CauseSearch } from "./cause-search.ts";
export type { EventAt, TextOf } from "./cause-rule.ts";
