import type { Pages } from "../api/use-pages.ts";
import { Failure } from "../design/notice.tsx";
import { count, counted, duration } from "../format/numbers.ts";
import type { RunHead } from "../run/run-head.ts";
import type { Selection } from "../run/selection.ts";
import { Entry } from "./entry.tsx";
import { groupEvents, type StoryItem } from "./group-events.ts";
import type { StoryEvent } from "./story-source.ts";

type StoryProps = {
  readonly run: RunHead;
  readonly selection: Selection;
  readonly at: number;
  /** Newest first. */
  readonly earlier: Pages<StoryEvent>;
  /** Oldest first. */
  readonly later: Pages<StoryEvent>;
  readonly isNewestFirst: boolean;
};

/** All that happened to a page, around the moment that is shown. */
export function Story({ run, selection, at, earlier, later, isNewestFirst }: StoryProps) {
  const before = groupEvents(isNewestFirst ? earlier.items : earlier.items.toReversed());
  const behind = groupEvents(isNewestFirst ? later.items.toReversed() : later.items);
  const marker = <Here key="here" run={run} at={at} hasLater={later.items.length > 0} />;
  const beforePart = [...entries(run, selection, before)];
  const behindPart = [...entries(run, selection, behind)];
  const moreEarlier = <More key="earlier" pages={earlier} words="Earlier events" end="The beginning of the run" />;
  const hasLater = later.items.length > 0 || later.error !== undefined;
  const moreLater = hasLater ? <More key="later" pages={later} words="Later events" end="The newest event of this page" /> : null;
  return (
    <ol class="story" onKeyDown={moveFocus}>
      {isNewestFirst
        ? [moreLater, ...behindPart, marker, ...beforePart, moreEarlier]
        : [moreEarlier, ...beforePart, marker, ...behindPart, moreLater]}
    </ol>
  );
}

function entries(run: RunHead, selection: Selection, items: readonly StoryItem[]) {
  return items.flatMap((item, index) => [
    item.gapNs < LEAST_GAP_NS ? null : <Gap key={`gap ${item.key}`} gapNs={item.gapNs} />,
    <Entry key={item.key} run={run} selection={selection} item={item} isRepeated={sameDecision(item, items[index - 1])} />,
  ]);
}

/** The decision is shown with the first of the events that follow each other and carry it out. */
function sameDecision({ events: [event] }: StoryItem, before: StoryItem | undefined): boolean {
  return event.decided !== null && event.decided.decision === before?.events[0].decided?.decision;
}

/** Shorter times between two events are not marked. */
const LEAST_GAP_NS = 10_000;

/** Time without an event: its height grows with the logarithm of the time, half a line for each power of ten. */
function Gap({ gapNs }: { readonly gapNs: number }) {
  const height = 0.5 * (1 + Math.log10(gapNs / LEAST_GAP_NS));
  return (
    <li class="story-gap" style={{ paddingBlock: `${height / 2}rem` }}>
      {duration(gapNs)} without an event
    </li>
  );
}

function Here({ run, at, hasLater }: { readonly run: RunHead; readonly at: number; readonly hasLater: boolean }) {
  const isHead = at >= Number(run.headPosition);
  return (
    <li class="story-here" aria-current="true">
      {isHead ? "The run's newest event" : "The moment shown"}: position {count(at)}
      {hasLater || isHead ? "" : "; nothing later has happened to this page"}
    </li>
  );
}

function More({ pages, words, end }: { readonly pages: Pages<StoryEvent>; readonly words: string; readonly end: string }) {
  if (pages.error !== undefined) {
    return (
      <li class="story-more">
        <Failure error={pages.error} onRetry={pages.loadMore} />
      </li>
    );
  }
  return (
    <li class="story-more">
      {pages.hasMore === true || pages.isLoading ? (
        <button class="button" type="button" disabled={pages.isLoading} onClick={pages.loadMore}>
          {pages.isLoading ? "Loading" : words}
        </button>
      ) : (
        <span class="faint">
          {end} ({counted(pages.items.length, "event")})
        </span>
      )}
    </li>
  );
}

/** Up and down lead from entry to entry. */
function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(".story-toggle")];
  const now = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[event.key === "ArrowDown" ? now + 1 : Math.max(0, now - 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
