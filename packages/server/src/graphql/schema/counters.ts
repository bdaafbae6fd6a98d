import { COUNTERS, type CounterName } from "@ballast/core/memory";
import { knownOrNull, METRICS } from "@ballast/core/metrics";
import { builder } from "./builder.ts";

function counterField(name: CounterName, place: number) {
  const { description, notRecorded } = METRICS.get(name);
  // Null only where the field is nullable: its type does not follow a value.
  const resolve = (counters: Float64Array): number => knownOrNull(counters[place]!) as number;
  const isKnown = notRecorded === undefined;
  return {
    type: "BigInt",
    nullable: !isKnown,
    description: isKnown ? description : `${description} Null: ${notRecorded}.`,
    resolve,
  } as const;
}

export const CountersRef = builder.objectRef<Float64Array>("Counters").implement({
  description: "What was counted since the run began, up to this moment.",
  fields: (t) => Object.fromEntries(COUNTERS.map((name, place) => [name, t.field(counterField(name, place))])),
});

export function sumCounters(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(COUNTERS.length);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i]! += part[i] ?? 0;
  return sum;
}
