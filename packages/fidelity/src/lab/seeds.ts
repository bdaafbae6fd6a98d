/** The seeds of every law over random draws: enough that three standard errors mean what they say. */
export const SEEDS: readonly number[] = Array.from({ length: 16 }, (_, index) => index + 1);

/** One value for each seed, one after the other. */
export async function forSeeds<Value>(run: (seed: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (const seed of SEEDS) values.push(await run(seed));
  return values;
}
