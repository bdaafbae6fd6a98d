/** Pages by age in scans: [i] were last accessed i scans ago, the last entry counts older ones too. Not always whole. */
export type Ages = readonly number[];

/** Ages are kept in 8 bits, as in the original: the last entry stands for all that is older. */
const AGES = 256;

/** A histogram with an entry for every age; what is seen ends at the oldest page. */
export function everyAge(seen: Ages): number[] {
  return Array.from({ length: AGES }, (_, age) => seen[age] ?? 0);
}

export function sumFrom(ages: Ages, age: number): number {
  let sum = 0;
  for (let index = age; index < ages.length; index++) sum += ages[index] ?? 0;
  return sum;
}

/** The ages of `count` pages that are taken oldest first. */
export function oldest(ages: Ages, count: number): number[] {
  let left = count;
  const taken = ages.map(() => 0);
  for (let age = ages.length - 1; age >= 0 && left > 0; age--) {
    const pages = Math.min(ages[age] ?? 0, left);
    taken[age] = pages;
    left -= pages;
  }
  return taken;
}

/** The expected ages of `count` pages that are taken at random: in proportion; never more than there are. */
export function proportional(ages: Ages, count: number): number[] {
  const total = sumFrom(ages, 0);
  const part = total === 0 ? 0 : Math.min(1, Math.max(0, count) / total);
  return ages.map((pages) => pages * part);
}

export function add(left: Ages, right: Ages): number[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, age) => (left[age] ?? 0) + (right[age] ?? 0));
}

export function subtract(from: Ages, ages: Ages): number[] {
  return from.map((pages, age) => Math.max(0, pages - (ages[age] ?? 0)));
}

/** The ages one scan later, without accesses. The last entry keeps its own. */
export function grow(ages: Ages): number[] {
  if (ages.length < 2) return [...ages];
  const grown = [0, ...ages.slice(0, -1)];
  grown[ages.length - 1] = (grown[ages.length - 1] ?? 0) + (ages.at(-1) ?? 0);
  return grown;
}

/**
 * Which pages of a histogram were accessed until the next scan shows another: those of age i that are not of age i + 1
 * then. Those of the last two ages end in one entry; what is missing there counts as of the last age, so as long cold.
 */
export function accessedBetween(before: Ages, after: Ages): number[] {
  const expected = grow(before);
  const missing = expected.map((pages, age) => (age === 0 ? 0 : Math.max(0, pages - (after[age] ?? 0))));
  const last = missing.length - 1;
  return missing.map((_, age) => (age === last ? (missing[age] ?? 0) : age + 1 === last ? 0 : (missing[age + 1] ?? 0)));
}
