import { DecisionClamped, nameOf, PolicyDecided } from "@ballast/core/events";
import type { DecisionRow } from "@ballast/server/projections";
import { showCount, showExactTime } from "@ballast/core/quantities";
import { wrap } from "../output/wrap.ts";

const INDENT = " ".repeat(8);

/** What was decided and what came of it, then why, and the figures that it rests on. */
export function decisionLines(row: DecisionRow, width = Infinity): string[] {
  const { decision, figures, reason } = row;
  const seen = figures.map(({ vm, figure, value }) => `${vm === 0 ? "" : `VM ${vm} `}${figure} ${value}`).join(", ");
  const texts = [headOf(row), reason, ...(seen === "" ? [] : [`seen: ${seen}`])];
  const [first = "", ...rest] = texts.flatMap((text) => wrap(text, width - INDENT.length));
  return [`${String(decision).padStart(INDENT.length - 2)}  ${first}`, ...rest.map((line) => INDENT + line)];
}

function headOf({ decision, position, timeNs, vm, kind, requestedPages, ...outcome }: DecisionRow): string {
  const about = vm === 0 ? "" : ` VM ${vm}:`;
  const asked = `${nameOf(PolicyDecided.fields.a.choices, kind, `the kind of decision ${decision}`)}, ${showCount(requestedPages)} pages`;
  return `${showExactTime(timeNs)}, event ${position}:${about} ${asked}${limitOf({ decision, ...outcome })}`;
}

function limitOf({ decision, clampCause, donePages }: Pick<DecisionRow, "decision" | "clampCause" | "donePages">): string {
  if (clampCause === null) return "";
  const cause = nameOf(DecisionClamped.fields.b.choices, clampCause, `what limited decision ${decision}`);
  return ` (${showCount(donePages ?? 0)} done: ${cause})`;
}
