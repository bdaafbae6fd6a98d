/** The rate at which a family of tests may find at least one difference where there is none. */
export const FAMILY_ERROR_RATE = 0.05;

/**
 * The p values of a family of tests, adjusted so that those below `FAMILY_ERROR_RATE` may all be believed at once: S. Holm,
 * "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979). It holds however the
 * tests depend on each other. `untested` counts members of the family that are not among them, because these were chosen by their
 * values: each counts as a test that finds nothing.
 */
export function adjustByHolm(pValues: readonly number[], untested = 0): number[] {
  const ascending = pValues.map((p, place) => ({ p, place })).sort((left, right) => left.p - right.p);
  const adjusted = new Array<number>(pValues.length);
  let atLeast = 0;
  for (const [rank, { p, place }] of ascending.entries()) {
    atLeast = Math.max(atLeast, Math.min(1, p * (pValues.length + untested - rank)));
    adjusted[place] = atLeast;
  }
  return adjusted;
}
