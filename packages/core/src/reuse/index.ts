export { minMisses } from "./min-misses.ts";
export { NEVER_AGAIN, nextUses } from "./next-uses.ts";
