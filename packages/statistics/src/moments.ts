/** The mean of one value or more. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** The standard deviation of the population that two values or more are a sample of (n - 1 in the denominator). */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) * (value - mean), 0) / (values.length - 1));
}

/** The third standardized moment; 0 for values without variance. */
export function skewnessOf(values: readonly number[]): number {
  const mean = meanOf(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const off = value - mean;
    squares += off * off;
    cubes += off * off * off;
  }
  const variance = squares / values.length;
  return variance === 0 ? 0 : cubes / values.length / (variance * Math.sqrt(variance));
}
