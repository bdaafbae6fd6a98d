/**
 * `Math.pow`, `Math.exp` and `Math.log` may differ in the last bit between machines, and one bit can move an access to
 * another page. These use + - * / only, which IEEE 754 fixes to the bit.
 */
/** (1/3)^39 is below a double's resolution: the series of atanh needs no more terms. */
const LOG_TERMS = 20;
/** (ln 2 / 2)^20 / 20! is far below a double's resolution. */
const EXP_TERMS = 20;

/** Natural logarithm of a finite number above 0. */
export function naturalLog(value: number): number {
  let mantissa = value;
  let halvings = 0;
  for (; mantissa >= 2; halvings++) mantissa /= 2;
  for (; mantissa < 1; halvings--) mantissa *= 2;
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let sum = 0;
  for (let term = LOG_TERMS; term >= 0; term--) sum = sum * square + 1 / (2 * term + 1);
  return 2 * z * sum + halvings * Math.LN2;
}

/** e to the power of a number whose result is neither too large nor too small for a double. */
export function exponential(value: number): number {
  const doublings = Math.round(value / Math.LN2);
  const rest = value - doublings * Math.LN2;
  let result = 1;
  for (let term = EXP_TERMS; term >= 1; term--) result = 1 + (result * rest) / term;
  for (let i = 0; i < doublings; i++) result *= 2;
  for (let i = 0; i > doublings; i--) result /= 2;
  return result;
}

/** base^exponent for a base above 0; the relative error is below 1e-13 for results from 1e-60 to 1e60. */
export function power(base: number, exponent: number): number {
  return exponential(exponent * naturalLog(base));
}
