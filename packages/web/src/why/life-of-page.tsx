import { parameter, setParameters } from "../address/address.ts";
import { usePages } from "../api/use-pages.ts";
import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import type { RunHead } from "../run/run-head.ts";
import { type Selection, selectionText, selectionWords } from "../run/selection.ts";
import { vmWords } from "../run/vm-words.ts";
import { Answer } from "./answer.tsx";
import { PageForm } from "./page-form.tsx";
import { PageNow } from "./page-now.tsx";
import { Story } from "./story.tsx";
import { askStory, storyQuestion, type StoryRange } from "./story-source.ts";

const order = parameter("order");
const ORDERS = [
  [undefined, "Newest first"],
  ["oldest", "Oldest first"],
] as const;
/** Events of one question. */
const EARLIER = 60;
const LATER = 20;

type LifeProps = { readonly run: RunHead; readonly selection: Selection; readonly at: number };

/** The story of one page, around a moment: what led there, and what came after. */
export function LifeOfPage({ run, selection, at }: LifeProps) {
  const head = Number(run.headPosition);
  const text = `${run.id} ${selectionText(selection)} ${at}`;
  const before: StoryRange = { run: run.id, direction: "DESCENDING", toPosition: String(at), first: EARLIER };
  const behind: StoryRange = { run: run.id, direction: "ASCENDING", fromPosition: String(at + 1), toPosition: String(head), first: LATER };
  const earlier = usePages(text, (after, signal) => askStory(selection, { ...before, after }, signal));
  const later = usePages(at < head ? `${text} later` : undefined, (after, signal) => askStory(selection, { ...behind, after }, signal));
  const isNewestFirst = order.value !== "oldest";
  const title = selectionWords(selection, (vm) => vmWords(run, vm));
  const heading = `The life of ${title}`;
  return (
    <div class="why">
      <div class="stack">
        <Answer run={run} selection={selection} earlier={earlier} later={later} />
        <Panel title={heading} actions={<StoryActions run={run} selection={selection} range={before} isNewestFirst={isNewestFirst} />}>
          {earlier.error === undefined ? null : <Failure error={earlier.error} onRetry={earlier.loadMore} />}
          {earlier.hasMore === undefined && earlier.items.length === 0 && earlier.error === undefined ? (
            <SkeletonLines lines={14} />
          ) : (
            <Story run={run} selection={selection} at={at} earlier={earlier} later={later} isNewestFirst={isNewestFirst} />
          )}
        </Panel>
      </div>
      <aside class="stack" aria-label="This page now, and other pages">
        <PageNow run={run} selection={selection} at={at} />
        <Panel title="Another page">
          <PageForm key={selectionText(selection)} run={run} at={at} selection={selection} />
          <p class="why-back">
            <button class="button-link" type="button" onClick={() => setParameters({ page: undefined, open: undefined }, { step: true })}>
              Pages that were taken last
            </button>
          </p>
        </Panel>
      </aside>
    </div>
  );
}

type ActionsProps = { readonly run: RunHead; readonly selection: Selection; readonly range: StoryRange; readonly isNewestFirst: boolean };

function StoryActions({ selection, range, isNewestFirst }: ActionsProps) {
  const { document, variables } = storyQuestion(selection, range);
  return (
    <>
      <span class="row" role="group" aria-label="Order of the story">
        {ORDERS.map(([value, words]) => (
          <button
            key={words}
            class="button"
            type="button"
            aria-pressed={isNewestFirst === (value === undefined)}
            onClick={() => setParameters({ order: value })}
          >
            {words}
          </button>
        ))}
      </span>
      <QueryLink document={document} variables={variables} />
    </>
  );
}
