export { checkListLimit, MAX_PAGE_SIZE } from "../../runs/index.ts";

/** Items of one page of a list, unless the query asks for another number. */
export const DEFAULT_PAGE_SIZE = 100;
