/** `seed 7`, `10 seeds (1 to 10)`, `3 seeds (3, 5, 8)`; of numbers of 64 bits, which JSON has as texts. */
export function seedsText(seeds: readonly (number | string)[]): string {
  const numbers = seeds.map(BigInt);
  const [first = 0n] = numbers;
  if (numbers.length === 1) return `seed ${first}`;
  const isRow = numbers.every((seed, place) => seed === first + BigInt(place));
  return `${numbers.length} seeds (${isRow ? `${first} to ${numbers.at(-1) ?? ""}` : numbers.join(", ")})`;
}
