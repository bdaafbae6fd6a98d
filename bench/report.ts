import { cpus, platform, release, totalmem } from "node:os";

/** One line that names the machine: a figure without it says nothing. */
export function describeMachine(): string {
  const [first] = cpus();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  const name = first?.model.trim() ?? "unknown processor";
  return `${cpus().length} x ${name}, ${memoryGb} GiB, ${platform()} ${release()}, Node ${process.versions.node}`;
}

export function printHeading(name: string, input: string): void {
  console.log(`# ${name}\nmachine  ${describeMachine()}\ninput    ${input}`);
}

/** Median of some figures; the machines are shared, so single figures are noise. */
export function medianOf(values: readonly number[]): number {
  return percentileOf(values, 0.5);
}

/** The value below which that fraction of the values lies (nearest rank). */
export function percentileOf(values: readonly number[], fraction: number): number {
  const ascending = [...values].sort((left, right) => left - right);
  const rank = Math.min(ascending.length - 1, Math.floor(fraction * ascending.length));
  return ascending[rank] ?? Number.NaN;
}

export type Variant = { readonly name: string; readonly work: () => number };

/**
 * Runs variants in turn, round by round, and prints for each the median rate and its ratio to the first, taken round by
 * round: the ratio holds where the machine's speed drifts. `work` does its work once and returns how many units it did.
 */
export function compareVariants(variants: readonly Variant[], unit: string, rounds: number): void {
  const rates = variants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    variants.forEach(({ work }, index) => {
      const start = performance.now();
      const units = work();
      const seconds = (performance.now() - start) / 1000;
      if (round >= 0) rates[index]?.push(units / seconds);
    });
  }
  const base = rates[0] ?? [];
  variants.forEach(({ name }, index) => {
    const own = rates[index] ?? [];
    const ratios = own.map((rate, round) => rate / (base[round] ?? Number.NaN));
    const rate = (medianOf(own) / 1e6).toFixed(2);
    console.log(`${name.padEnd(44)} ${rate.padStart(9)} M ${unit}/s   ${medianOf(ratios).toFixed(3)} of the first`);
  });
}
