import type { EventView } from "@ballast/core/events";

/** An event as one line of an export or a part of an event stream: numbers in their unit, null for none, choices and texts as they are shown. */
export function eventJson(event: EventView): object {
  const fields = event.fields.flatMap(({ field, quantity, shown, virtualPageName }) => {
    const isShown = field.kind === "text" || field.kind === "choice";
    const value = [field.name, isShown ? shown : quantity] as const;
    return virtualPageName === undefined ? [value] : [value, [`${field.name}Name`, virtualPageName] as const];
  });
  return {
    position: event.position,
    type: event.type.name,
    family: event.type.family,
    timeNs: event.timeNs,
    vm: event.vm === 0 ? null : event.vm,
    process: event.process === 0 ? null : event.process,
    decision: event.decision === 0 ? null : event.decision,
    fields: Object.fromEntries(fields),
  };
}
