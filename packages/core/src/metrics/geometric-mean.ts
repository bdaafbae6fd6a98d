/** A positive number as mantissa, from 1 to below 2, and exponent of two, so that products of any length neither overflow nor vanish. */
type Scaled = { mantissa: number; exponent: number };

/** Halvings of an interval of length 1 until it is as short as the last digit of a double. */
const HALVINGS = 53;

/**
 * Of positive numbers, at least one. By multiplication and bisection, because logarithms may differ between machines in their last
 * digit.
 */
export function geometricMean(values: readonly number[]): number {
  const [first] = values;
  if (values.length === 1) return first;
  const product: Scaled = { mantissa: 1, exponent: 0 };
  for (const value of values) multiply(product, value);
  const doublings = Math.floor(product.exponent / values.length);
  const rest: Scaled = { mantissa: product.mantissa, exponent: product.exponent - doublings * values.length };
  return scale(rootOf(rest, values.length), doublings);
}

/** The root of a number from 1 to below 2^degree: the largest of those that are looked at whose power does not exceed it. */
function rootOf(number: Scaled, degree: number): number {
  let [low, high] = [1, 2];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    const power: Scaled = { mantissa: 1, exponent: 0 };
    for (let factor = 0; factor < degree; factor++) multiply(power, middle);
    if (isAtMost(power, number)) low = middle;
    else high = middle;
  }
  return low;
}

function isAtMost(left: Scaled, right: Scaled): boolean {
  return left.exponent === right.exponent ? left.mantissa <= right.mantissa : left.exponent < right.exponent;
}

function multiply(product: Scaled, factor: number): void {
  product.mantissa *= factor;
  for (; product.mantissa >= 2; product.exponent++) product.mantissa /= 2;
  for (; product.mantissa < 1; product.exponent--) product.mantissa *= 2;
}

function scale(number: number, doublings: number): number {
  let scaled = number;
  for (let step = 0; step < doublings; step++) scaled *= 2;
  for (let step = 0; step > doublings; step--) scaled /= 2;
  return scaled;
}
