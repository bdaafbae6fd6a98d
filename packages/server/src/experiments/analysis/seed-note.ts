import type { SeedVariation } from "@ballast/core/scenario";
import { namesOf } from "./names.ts";

const VARIED: Readonly<Record<Exclude<keyof SeedVariation, "nothing">, string>> = {
  pages: "the accesses of",
  writes: "which accesses write of",
  start: "where the trace begins of",
  arrival: "the arrival of",
};

/** What the seeds of an experiment vary, and what they do not: an interval over seeds says nothing of that. */
export function seedNote(variation: SeedVariation): string {
  const varied = Object.entries(VARIED).flatMap(([part, text]) => {
    const vms = variation[part as keyof typeof VARIED];
    return vms.length === 0 ? [] : [`${text} ${namesOf(vms)}`];
  });
  if (varied.length === 0) {
    return (
      "The seeds vary random choices of the policy and of guests alone: every VM makes the same accesses at the same times under every seed. To vary " +
      'the workload, give traces `startAt: "random"` or VMs `startJitterNs`.'
    );
  }
  const fixed = variation.nothing.length === 0 ? "" : `; nothing of ${namesOf(variation.nothing)}`;
  return `The seeds vary ${varied.join("; ")}${fixed}; and random choices of the policy and of guests.`;
}
