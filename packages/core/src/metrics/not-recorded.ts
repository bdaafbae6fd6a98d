/**
 * The value of a metric that the history does not tell, because an earlier version recorded less: whatever is added to it is not
 * known either. As JSON it is null.
 */
export const NOT_RECORDED = Number.NaN;

/** Values as JSON has them, as numbers again. */
export function valuesFrom(stored: readonly (number | null)[]): Float64Array {
  return Float64Array.from(stored, (value) => value ?? NOT_RECORDED);
}

/** Null for what the history does not tell. */
export function knownOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
