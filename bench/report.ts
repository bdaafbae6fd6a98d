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

/** Whether the benchmark is only to show that it runs: `npm run bench -- --quick`. */
export function isQuick(): boolean {
  return process.argv.includes("--quick");
}

type Measured = { readonly rate: number; readonly processorSeconds: number };

/** `processorSeconds` are per million units, of all threads of the process. */
function measure(work: () => number): Measured {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const units = work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { rate: units / seconds, processorSeconds: (user + system) / units };
}

/**
 * Runs variants in turn, round by round, and prints for each the medians of its rate and of its processor time, and their ratios
 * to the first, taken round by round: these hold where the machine's speed drifts, and those of processor time where others use
 * the machine too. `work` does its work once and returns how many units it did.
 */
export function compareVariants(variants: readonly Variant[], unit: string, rounds: number): void {
  const measured = variants.map((): Measured[] => []);
  for (let round = -1; round < rounds; round++) {
    variants.forEach(({ work }, index) => {
      const one = measure(work);
      if (round >= 0) measured[index].push(one);
    });
  }
  variants.forEach(({ name }, index) => console.log(rowOf(name, unit, measured[index], measured[0])));
}

function rowOf(name: string, unit: string, own: readonly Measured[], first: readonly Measured[]): string {
  const ratioOf = (member: keyof Measured): string => medianOf(own.map((one, round) => one[member] / first[round][member])).toFixed(3);
  const rate = (medianOf(own.map((one) => one.rate)) / 1e6).toFixed(2);
  const processor = medianOf(own.map((one) => one.processorSeconds)).toFixed(3);
  return (
    `${name.padEnd(44)} ${rate.padStart(8)} M ${unit}/s, ${ratioOf("rate")} of the first; ` +
    `processor time ${processor} s per M, ${ratioOf("processorSeconds")} of the first`
  );
}
