import { useState } from "preact/hooks";
import { count } from "../format/numbers.ts";
import { AllEvents } from "./all-events.tsx";
import type { EventTableProps } from "./event-rows.tsx";
import { hasGaps } from "./log-filter.ts";
import { SomeEvents } from "./some-events.tsx";

/** The events that a filter leaves, or all. A list that begins with the newest stays as it is while the run goes on, until more is wanted. */
export function EventList(props: Omit<EventTableProps, "head">) {
  const { run, filter } = props;
  const now = Number(run.headPosition);
  const [pinned, setPinned] = useState<number>();
  if (filter.isNewestFirst === (pinned === undefined)) setPinned(filter.isNewestFirst ? now : undefined);
  const head = pinned ?? now;
  const Events = hasGaps(filter) ? SomeEvents : AllEvents;
  return (
    <>
      {head < now ? (
        <button class="button button-quiet log-newer" type="button" onClick={() => setPinned(now)}>
          Show {count(now - head)} newer
        </button>
      ) : null}
      <Events {...props} head={head} />
    </>
  );
}
