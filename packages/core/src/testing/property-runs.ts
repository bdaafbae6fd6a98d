type Environment = { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } };

/** How many cases a property is tried on: BALLAST_CASES scales it, 1 being what `npm test` does. */
export function propertyRuns(cases: number): number {
  const factor = Number((globalThis as Environment).process?.env["BALLAST_CASES"] ?? 1);
  return Math.max(1, Math.ceil(cases * factor));
}
