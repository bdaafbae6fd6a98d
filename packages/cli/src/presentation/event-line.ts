import type { EventView, FieldView } from "@ballast/core/events";
import type { Style } from "../output/output.ts";
import { showExactTime } from "@ballast/core/quantities";
import { FAMILY_STYLES } from "./event-colours.ts";

/** A scenario as a text has thousands of characters: `--json` gives all of them. */
const MAX_TEXT_LENGTH = 60;

type Paint = (style: Style, text: string) => string;

/** An event as one line: position, simulated time, type, whom it concerns, its fields. */
export function eventLine(event: EventView, paint: Paint): string {
  const subject = [event.vm === 0 ? "" : `VM ${event.vm}`, event.process === 0 ? "" : `process ${event.process}`];
  const parts = [
    paint("dim", String(event.position).padStart(9)),
    showExactTime(event.timeNs).padStart(13),
    paint(FAMILY_STYLES[event.type.family], event.type.name.padEnd(20)),
    subject
      .filter((part) => part !== "")
      .join(" ")
      .padEnd(14),
    [...event.fields.map(showField), ...showDecision(event)].join(" "),
  ];
  return parts.join("  ").trimEnd();
}

/** Events of the decision itself have its number among their fields. */
function showDecision({ decision, fields }: EventView): string[] {
  const isShown = fields.some(({ field }) => field.name === "decision");
  return decision === 0 || isShown ? [] : [`decision=${decision}`];
}

function showField({ field, shown, virtualPageName }: FieldView): string {
  const name = virtualPageName === undefined ? "" : ` (${virtualPageName})`;
  if (field.kind !== "text") return `${field.name}=${shown.replaceAll(" ", "-")}${name}`;
  const text = shown.length > MAX_TEXT_LENGTH ? `${shown.slice(0, MAX_TEXT_LENGTH)}...` : shown;
  return `${field.name}=${JSON.stringify(text)}`;
}
