import { counted } from "../../format/numbers.ts";
import type { TouchEventsQuery } from "./click.generated.ts";

type FoundEvent = NonNullable<TouchEventsQuery["run"]>["events"]["nodes"][number];
export type CausedEvent = Pick<FoundEvent, "position" | "type" | "text">;

/** Of the events behind a command those that go back to it. */
export function eventsCausedBy(command: string, events: readonly FoundEvent[]): CausedEvent[] {
  return events.filter(({ causes }) => causes.some(({ event }) => event?.position === command));
}

/** What came of an access, in words, by the events that it made. */
export function answerWords(events: readonly CausedEvent[]): string {
  const of = (...types: readonly string[]): number => events.filter(({ type }) => types.includes(type)).length;
  const parts = [
    of("PAGE_MISSED") > 0 ? "a page miss (guest fault)" : undefined,
    of("HOST_FAULTED") > 0 ? "a host fault" : undefined,
    of("BALLOON_POPPED") > 0 ? "the balloon popped" : undefined,
    of("SHARED_PAGE_COPIED") > 0 ? "a copy of the shared page" : undefined,
    of("PAGE_STOLEN") > 0 ? `${counted(of("PAGE_STOLEN"), "page")} stolen` : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(", ");
  return events.every(({ type }) => type === "PAGE_HIT") ? "a hit" : counted(events.length, "event");
}
