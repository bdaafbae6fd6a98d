import { medianOf, printRow } from "./report.ts";

/** `work` does its work once and returns how many units it did. */
export type Variant = { readonly name: string; readonly work: () => number | Promise<number> };

type Measured = { readonly rate: number; readonly processorSeconds: number };

/** `processorSeconds` are per unit, of all threads of the process. */
async function measure(work: Variant["work"]): Promise<Measured> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const units = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { rate: units / seconds, processorSeconds: (user + system) / 1e6 / units };
}

/**
 * Runs variants in turn, round by round, and prints for each the medians of its rate and of its processor time, and their ratios
 * to the first, taken round by round: these hold where the machine's speed drifts, and those of processor time where others use
 * the machine too. A round before the first is not counted, so that all are compiled.
 */
export async function compareVariants(variants: readonly Variant[], unit: string, rounds: number): Promise<void> {
  const measured = variants.map((): Measured[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { work }] of variants.entries()) {
      const one = await measure(work);
      if (round >= 0) measured[index].push(one);
    }
  }
  variants.forEach(({ name }, index) => printMedians(name, unit, measured[index], measured[0]));
}

function printMedians(name: string, unit: string, own: readonly Measured[], first: readonly Measured[]): void {
  const ratioOf = (member: keyof Measured): number => medianOf(own.map((one, round) => one[member] / first[round][member]));
  printRow(name, {
    rate: [medianOf(own.map((one) => one.rate)) / 1e6, `M ${unit}/s`],
    "of the first": [ratioOf("rate"), ""],
    "processor time": [medianOf(own.map((one) => one.processorSeconds)) * 1e6, `s per M ${unit}`],
    "time of the first": [ratioOf("processorSeconds"), ""],
  });
}
