/** Between a number and its unit: no line break. */
export const SPACE = "\u202f";
export const MINUS = "\u2212";

/** A quantity as terminals show it, set for the page: a narrow space before the unit, the micro sign, a minus sign. */
export function typeset(quantity: string): string {
  return quantity.replace(/^-/, MINUS).replace(/ us$/, " µs").replace(" ", SPACE);
}

/** The rules take amounts of 0 or more; what is less has its sign before. */
export function signed(value: number, show: (amount: number) => string): string {
  return typeset(value < 0 ? `-${show(-value)}` : show(value));
}
