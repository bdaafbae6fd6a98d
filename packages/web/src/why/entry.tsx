import { parameter, setParameters } from "../address/address.ts";
import { count, timestamp } from "../format/numbers.ts";
import { DecisionLine } from "../run/decision-line.tsx";
import { EventFields } from "../run/event-fields.tsx";
import { eventTitle } from "../run/event-words.ts";
import { momentHref } from "../run/run-hrefs.ts";
import type { RunHead } from "../run/run-head.ts";
import type { Selection } from "../run/selection.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";
import { vmWords } from "../run/vm-words.ts";
import { Causes } from "../run/causes.tsx";
import type { StoryItem } from "./group-events.ts";
import { toneOf } from "./tone.ts";

const open = parameter("open");

type EntryProps = {
  readonly run: RunHead;
  readonly selection: Selection;
  readonly item: StoryItem;
  /** The decision was shown with the entry before. */
  readonly isRepeated: boolean;
};

/** One line of the story: what happened, when, by which decision; opened: why, back to the beginning. */
export function Entry({ run, selection, item, isRepeated }: EntryProps) {
  const [event] = item.events;
  const { position, type, sentence, decided } = event;
  const isOpen = open.value !== undefined && item.events.some((each) => each.position === open.value);
  const id = `causes-${position}`;
  return (
    <li class={`story-entry story-${toneOf(type)}`}>
      <div class="story-head">
        <h3>{eventTitle(type)}</h3>
        {selection.kind !== "frame" || event.vm === null ? null : (
          <span class="soft">
            <VmSwatch vm={event.vm} /> {vmWords(run, event.vm)}
          </span>
        )}
        {item.events.length === 1 ? null : <span class="tag">{count(item.events.length)} times</span>}
        <span class="faint number">
          {timestamp(event.timeNs)} · position {count(position)}
        </span>
      </div>
      <EventFields run={run.id} event={event} here={selection} />
      {decided === null || (isRepeated && !isOpen) ? null : <DecisionLine run={run} decision={decided} />}
      <div class="row story-actions">
        <button
          class="button-link story-toggle"
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={`${isOpen ? "Hide why" : "Why?"} ${eventTitle(type)} at position ${count(position)}`}
          onClick={() => setParameters({ open: isOpen ? undefined : position })}
        >
          {isOpen ? "Hide why" : "Why?"}
        </button>
        <a href={momentHref(run.id, position, selection)} aria-label={`Show in memory: position ${count(position)}`}>
          Show in memory
        </a>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <>
            <p class="soft">{sentence}</p>
            <Causes run={run} position={position} />
          </>
        ) : null}
      </div>
    </li>
  );
}
