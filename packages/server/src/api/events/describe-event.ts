import type { EventView } from "@ballast/core/events";

/** An event in one line: `VM 2 process 1: PageMapped virtualPage 7 realPage 3`. */
export function describeEvent(event: EventView): string {
  const fields = event.fields
    .filter(({ quantity }) => quantity !== null)
    .map(({ field, shown, virtualPageName }) => {
      const name = virtualPageName === undefined ? "" : ` (${virtualPageName})`;
      return `${field.name} ${field.kind === "text" ? JSON.stringify(shown) : shown}${name}`;
    });
  const isShown = event.decision === 0 || event.fields.some(({ field }) => field.name === "decision");
  const decision = isShown ? [] : [`decision ${event.decision}`];
  return `${subjectOf(event)}: ${[event.type.name, ...fields, ...decision].join(" ")}`;
}

function subjectOf(event: EventView): string {
  if (event.vm === 0) return "host";
  return event.process === 0 ? `VM ${event.vm}` : `VM ${event.vm} process ${event.process}`;
}
