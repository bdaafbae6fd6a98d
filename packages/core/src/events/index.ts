/** @internal Part of Ballast itself: changes without notice. */
export * from "./choices.ts";
export { byNumber, nameOf, valueOf } from "./by-number.ts";
export { codeFlags } from "./code-flags.ts";
export { EVENT_SHAPES, hasGap, SUBJECT_SHIFT, SUBJECT_VALUES, USES_A, USES_B, USES_C } from "./event-shape.ts";
export { knownEvents, type KnownEvents, type Recorded } from "./known-events.ts";
export { CATALOGUE_VERSION } from "./upcasters/index.ts";
export { isOutOfMemory } from "./vm-end.ts";
export { UnknownNumber } from "./unknown-number.ts";
export { CATALOGUE, EventCode, type EventName, type EventsOf, eventType, eventTypeNamed } from "./catalogue.ts";
export { EventBatch } from "./event-batch.ts";
export {
  columnOf,
  EVENT_FAMILIES,
  type EventFamily,
  type EventField,
  type EventSubject,
  type EventType,
  type EventValues,
  FIELD_COLUMNS,
  FIELD_KINDS,
  type FieldColumn,
  type FieldKind,
  type FieldName,
  type FieldNamed,
} from "./event-type.ts";
export { quantityOf, viewEvent, type EventView, type FieldView } from "./event-view.ts";
export { writeEvent, writeValues } from "./write-event.ts";
export * from "./families/balloon.ts";
export * from "./families/compression.ts";
export * from "./families/device.ts";
export * from "./families/guest-paging.ts";
export * from "./families/host-mapping.ts";
export * from "./families/host-swap.ts";
export * from "./families/large-pages.ts";
export * from "./families/life.ts";
export * from "./families/mapping.ts";
export * from "./families/policy.ts";
export * from "./families/run.ts";
export * from "./families/sample.ts";
export * from "./families/sharing.ts";
export * from "./families/steal.ts";
export * from "./families/trap.ts";
