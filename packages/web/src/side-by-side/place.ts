import { computed } from "@preact/signals";
import { parameter, setParameters } from "../address/address.ts";

const runs = parameter("runs");
const t = parameter("t");
const at = parameter("at");
const difference = parameter("difference");

export const MIN_RUNS = 2;
const MAX_RUNS = 4;

/** What a run is called on the timeline. */
export function letterOf(index: number): string {
  return "ABCD".charAt(index);
}

/** The runs that the address names, each once. */
export function askedRuns(): string[] {
  return [...new Set((runs.value ?? "").split(",").filter((run) => run !== ""))].slice(0, MAX_RUNS);
}

/** What is shown of all runs: one simulated time in ns, or a position of each, of which the time is the latest. */
export type Place = { readonly timeNs: number; readonly positions?: readonly string[] };

export function shownPlace(runCount: number): Place {
  const positions = at.value?.split(",") ?? [];
  const timeNs = /^\d{1,18}$/.test(t.value ?? "") ? Number(t.value) : 0;
  return positions.length === runCount && positions.every((each) => /^\d{1,15}$/.test(each)) ? { timeNs, positions } : { timeNs };
}

export function showTime(timeNs: number): void {
  setParameters({ t: String(Math.round(timeNs)), at: undefined });
}

/** Whether the address asks for the first difference. */
export const isDifferenceAsked = computed(() => difference.value === "1");

export function askDifference(): void {
  setParameters({ difference: "1" });
}

/** A step that the back button takes back. */
export function showPositions(positions: readonly string[], timeNs: number): void {
  setParameters({ at: positions.join(","), t: String(timeNs) }, { step: true });
}

/** How the API is asked for what is shown of one of the runs. */
export function atOf({ timeNs, positions }: Place, index: number): { readonly timeNs: string } | { readonly position: string } {
  return positions === undefined ? { timeNs: String(timeNs) } : { position: positions[index] ?? "0" };
}
