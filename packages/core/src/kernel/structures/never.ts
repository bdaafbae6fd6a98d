/** Instead of a time: never. */
export const NEVER = Number.POSITIVE_INFINITY;
