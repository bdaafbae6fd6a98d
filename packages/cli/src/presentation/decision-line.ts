import { DecisionClamped, nameOf, PolicyDecided } from "@ballast/core/events";
import type { DecisionRow } from "@ballast/server/projections";
import { showCount, showExactTime } from "../output/quantities.ts";

/** A decision as one line: its number, simulated time, VM, what it asks for, what came of it, and why. */
export function decisionLine({ decision, timeNs, vm, kind, reason, requestedPages, ...outcome }: DecisionRow): string {
  const asked = `${nameOf(PolicyDecided.fields.a.choices, kind, `the kind of decision ${decision}`)} ${showCount(requestedPages)}`;
  const parts = [
    String(decision).padStart(6),
    showExactTime(timeNs).padStart(13),
    (vm === 0 ? "host" : `VM ${vm}`).padEnd(7),
    asked.padEnd(26),
    `${reason}${limitOf({ decision, ...outcome })}`,
  ];
  return parts.join("  ").trimEnd();
}

function limitOf({ decision, clampCause, donePages }: Pick<DecisionRow, "decision" | "clampCause" | "donePages">): string {
  if (clampCause === null) return "";
  const cause = nameOf(DecisionClamped.fields.b.choices, clampCause, `what limited decision ${decision}`);
  return ` (${showCount(donePages ?? 0)} done: ${cause})`;
}
