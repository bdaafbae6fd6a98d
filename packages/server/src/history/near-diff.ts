import type { KnownEvents } from "@ballast/core/events";
import { applyBatch, machineFacts, machineFromFacts, type MachineOutline, type MachineTables, noEntries } from "@ballast/core/memory";
import { NamedEntries, type PageState } from "./named-entries.ts";
import { diffOf, type DiffPage, type PageChange, type StateDiff } from "./state-diff.ts";
import type { Steps } from "./steps.ts";

const KINDS = ["realPages", "virtualPages", "frames"] as const;
type Direction = "forward" | "backward";

/**
 * What differs between a state and the one that some events make of it: of all entries only those that the events name are compared. Undefined
 * where the events make tables. The machine is changed to the later state.
 */
export function diffByEvents(
  machine: MachineTables,
  events: readonly KnownEvents[],
  direction: Direction,
  page: DiffPage,
): Steps<StateDiff> | undefined {
  const named = new NamedEntries();
  for (const batch of events) named.add(batch);
  if (named.hasWholeTables) return undefined;
  const earlier = machineFromFacts(machineFacts(machine), noEntries);
  const before = KINDS.map((kind) => named.statesIn(machine, kind));
  for (const batch of events) applyBatch(machine, batch);
  const after = KINDS.map((kind) => named.statesIn(machine, kind));
  const [from, to] = direction === "forward" ? [before, after] : [after, before];
  const outlines: [MachineOutline, MachineOutline] = direction === "forward" ? [earlier, machine] : [machine, earlier];
  const part = (index: number): Parameters<typeof diffOf>[3][0] =>
    function* (stretch) {
      for (const [at, state] of (from[index] ?? []).entries()) {
        const other = to[index]?.[at];
        if (at % STATES_PER_STEP === 0) yield;
        if (JSON.stringify(state.before) !== JSON.stringify(other?.before)) stretch.add(() => changeOf(state, other));
      }
    };
  return diffOf(...outlines, page, [part(0), part(1), part(2)]);
}

const STATES_PER_STEP = 4_096;

function changeOf(before: PageState, after: PageState | undefined): PageChange {
  return { ...before, after: after?.before ?? null } as PageChange;
}
