import { ask } from "../../api/ask.ts";
import type { MapModel } from "../map-model.ts";
import { EventOfKind, type EventOfKindQueryVariables } from "../moment/moment.generated.ts";

/** Where times are not at hand: events of a step by one access or tick. */
const BATCH_EVENTS = 100;

/** The end of the events of equal time behind or before the position: what one access or tick has caused. */
export function batchEnd({ session, head, position }: MapModel, direction: 1 | -1): number {
  const at = position.peek();
  let end = at + direction;
  const timeNs = session.maps.timeNsAt(direction === 1 ? end : at);
  if (timeNs === undefined) return at + direction * BATCH_EVENTS;
  if (direction === 1) while (end < head.peek() && session.maps.timeNsAt(end + 1) === timeNs) end++;
  else while (end > 0 && session.maps.timeNsAt(end) === timeNs) end--;
  return end;
}

export type EventType = EventOfKindQueryVariables["types"] extends readonly (infer Type)[] | (infer Type) ? Type : never;

/** Position of the next or previous event of a type; undefined: there is none. @throws ApiError */
export async function findEventOfType(model: MapModel, type: EventType, direction: 1 | -1): Promise<number | undefined> {
  const at = model.position.peek();
  const [fromPosition, toPosition] = direction === 1 ? [at + 1, model.head.peek()] : [0, at - 1];
  if (fromPosition > toPosition) return undefined;
  const { run } = await ask(EventOfKind, {
    run: model.run.peek().id,
    types: [type],
    fromPosition: String(fromPosition),
    toPosition: String(toPosition),
    direction: direction === 1 ? "ASCENDING" : "DESCENDING",
  });
  const [event] = run?.events.nodes ?? [];
  if (event === undefined) return undefined;
  model.times.add(Number(event.position), Number(event.timeNs));
  return Number(event.position);
}
