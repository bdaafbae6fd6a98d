export { EventCode, type EventCodeName } from "./codes.ts";
export * from "./choices.ts";
export { CATALOGUE, CATALOGUE_VERSION, eventType, eventTypeNamed } from "./catalogue.ts";
export { EventBatch } from "./event-batch.ts";
export type { EventFamily, EventField, EventType, FieldColumn, FieldKind } from "./event-type.ts";
export { viewEvent, type EventView, type FieldView } from "./event-view.ts";
