type Environment = { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } };

const environment = (globalThis as Environment).process?.env ?? {};

/** Whether this is `npm run test:long`: large counts of cases, long histories, every combination. */
export const isLongRun = environment["BALLAST_LONG"] === "1";

/**
 * How many cases a random test tries: `few` in `npm test`, `many` in `npm run test:long`. BALLAST_CASES multiplies both;
 * the result is a whole number, at least 1.
 */
export function caseCount(few: number, many: number): number {
  const factor = Number(environment["BALLAST_CASES"] ?? 1);
  return Math.max(1, Math.ceil((isLongRun ? many : few) * factor));
}
