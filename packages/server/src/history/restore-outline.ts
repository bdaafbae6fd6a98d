import { machineFromFacts, MachineTables, noEntries } from "@ballast/core/memory";
import type { KeyframeRow } from "./keyframe-store.ts";

/** A machine without table entries as a keyframe has it, without texts; before the first event without one. */
export function restoreOutline(row: KeyframeRow | undefined): MachineTables {
  return row === undefined ? new MachineTables(noEntries) : machineFromFacts(row.facts, noEntries);
}

/** What an outline takes in memory, about. */
export function outlineBytes({ vms, texts }: MachineTables): number {
  const ofVms = vms.reduce((bytes, { counters, processes }) => bytes + 1_000 + counters.byteLength + processes.length * 300, 0);
  return 1_000 + ofVms + texts.length * 8;
}
