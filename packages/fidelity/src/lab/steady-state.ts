import type { CounterName } from "@ballast/core/memory";
import type { TestBench } from "./test-bench.ts";

/** Makes a scenario whose process accesses its memory so often. */
export type ScenarioOfLength = (accesses: number) => Readonly<Record<string, unknown>>;

/**
 * How often something is counted per access after a warm-up: the run with the warm-up alone is the beginning of the
 * whole run to the event, so that the difference of their counts is what the rest counted.
 */
export async function rateAfterWarmUp(
  { simulate }: TestBench,
  scenario: ScenarioOfLength,
  accesses: { readonly warmUp: number; readonly measured: number },
  counters: readonly CounterName[],
  seed: number,
): Promise<number> {
  const total = async (count: number): Promise<number> => {
    const run = await simulate({ scenario: scenario(count), seed });
    return counters.reduce((sum, counter) => sum + run.count(counter), 0);
  };
  const before = await total(accesses.warmUp);
  return ((await total(accesses.warmUp + accesses.measured)) - before) / accesses.measured;
}
