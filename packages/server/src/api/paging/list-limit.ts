export { checkListLimit, MAX_LIST_LIMIT } from "../../runs/index.ts";

/** Items of one page of a list, unless the query asks for another number. */
export const DEFAULT_LIST_LIMIT = 100;
