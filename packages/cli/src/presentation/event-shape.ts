import type { EventView } from "@ballast/core/events";

/**
 * An event as `--json` shows it; part of what docs/cli.md promises. `vm` and `process` are null where the event concerns
 * the host or a VM as a whole, `decision` where it goes back to no decision of the policy. A field is a number in its unit,
 * null for none, or the text or choice that its number stands for. A virtual page with a name has it behind it, as `virtualPageName`.
 */
export function eventShape(event: EventView): Record<string, unknown> {
  const fields = event.fields.flatMap(({ field, quantity, shown, virtualPageName }) => {
    const isWord = field.kind === "text" || field.kind === "choice";
    const value = [field.name, isWord ? shown : quantity] as const;
    return virtualPageName === undefined ? [value] : [value, [`${field.name}Name`, virtualPageName] as const];
  });
  return {
    position: event.position,
    timeNs: event.timeNs,
    type: event.type.name,
    vm: event.vm === 0 ? null : event.vm,
    process: event.process === 0 ? null : event.process,
    decision: event.decision === 0 ? null : event.decision,
    fields: Object.fromEntries(fields),
  };
}
