import { createRequire } from "node:module";
import type Cephes from "cephes" with { "resolution-mode": "require" };

/**
 * The package's entry for `require` is ready when it returns; the one for `import` has to be awaited, and takes four times as
 * long to load. It is loaded at the first use: most commands need no statistics.
 */
const require = createRequire(import.meta.url);
let loaded: typeof Cephes | undefined;

function cephes(): typeof Cephes {
  return (loaded ??= require("cephes") as typeof Cephes);
}

/** The probability, from 0 to 1, that Student's t with `degrees` (1 or more) of freedom is further from 0 than `t`, either way. */
export function tTails(t: number, degrees: number): number {
  return 2 * cephes().stdtr(degrees, -Math.abs(t));
}

/** The value that Student's t with `degrees` (1 or more) of freedom stays below with probability `p`, 0 < p < 1. */
export function tQuantile(p: number, degrees: number): number {
  return cephes().stdtri(degrees, p);
}

/** The natural logarithm of a positive number. With the library's, unlike Math.log, equal input gives equal bits on every machine. */
export function logarithm(value: number): number {
  return cephes().log(value);
}

/** e^x - 1, also of an `x` near 0. */
export function exponentialLessOne(x: number): number {
  return cephes().expm1(x);
}
