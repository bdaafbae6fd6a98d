import { ask } from "../api/ask.ts";
import type { Pages } from "../api/use-pages.ts";
import { usePages } from "../api/use-pages.ts";
import { SkeletonLines } from "../design/skeleton.tsx";
import { whyHref } from "../run/run-hrefs.ts";
import type { RunHead } from "../run/run-head.ts";
import { type Selection, selectionText } from "../run/selection.ts";
import { vmWords } from "../run/vm-words.ts";
import { answerParts, frameOf, lastLoss } from "./answer-parts.ts";
import { FrameStory } from "./story.generated.ts";
import type { StoryEvent } from "./story-source.ts";

/** Events of a frame behind its loss that are looked through for the page that got it. */
const AFTERWARDS = 8;

type AnswerProps = {
  readonly run: RunHead;
  readonly selection: Selection;
  readonly earlier: Pages<StoryEvent>;
  readonly later: Pages<StoryEvent>;
};

/** Why, in a few sentences. */
export function Answer({ run, selection, earlier, later }: AnswerProps) {
  const story = [...sameInstant(earlier.items[0], later.items), ...earlier.items];
  const loss = lastLoss(selection, story);
  const frame = loss === undefined || selection.kind === "virtual" ? undefined : frameOf(loss);
  const afterwards = useAfterwards(run.id, frame, loss);
  const isKnown = earlier.hasMore !== undefined && later.hasMore !== undefined && (frame === undefined || afterwards.hasMore !== undefined);
  if (!isKnown && earlier.error === undefined) return <AnswerPlace />;
  const parts = answerParts({
    selection,
    earlier: story,
    isCut: earlier.hasMore === true,
    afterwards: afterwards.items,
    nameOf: (vm) => vmWords(run, vm),
    policyName: run.policyName,
  });
  return (
    <p class="panel why-answer" aria-live="polite">
      {parts.map((part) =>
        typeof part === "string" ? (
          part
        ) : (
          <a key={selectionText(part.page)} href={whyHref(run.id, part.page, { at: loss?.position })}>
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}

/** What an instant has begun, such as a steal, is told to its end, whichever of its events is the moment shown. Newest first. */
function sameInstant(newest: StoryEvent | undefined, later: readonly StoryEvent[]): readonly StoryEvent[] {
  return later.filter(({ timeNs }) => timeNs === newest?.timeNs).toReversed();
}

function AnswerPlace() {
  return (
    <div class="panel why-answer">
      <SkeletonLines lines={3} />
    </div>
  );
}

function useAfterwards(run: string, frame: number | undefined, loss: StoryEvent | undefined): Pages<StoryEvent> {
  const key = frame === undefined || loss === undefined ? undefined : `${run} ${frame} ${loss.position}`;
  return usePages(key, async (_, signal) => {
    const fromPosition = String(BigInt(loss?.position ?? 0) + 1n);
    const variables = { run, physicalPage: frame ?? 0, fromPosition, first: AFTERWARDS, direction: "ASCENDING" } as const;
    const answer = await ask(FrameStory, variables, signal);
    return answer.run?.frameHistory ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  });
}
