import type { Handlers } from "./handlers.ts";

/** Samples change counters alone. */
export const sampleHandlers = {
  Sampled: null,
  IdleScanned: null,
  ActiveSampled: null,
  AgeScanned: null,
} satisfies Handlers<"sample">;
