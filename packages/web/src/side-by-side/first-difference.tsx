import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/use-answer.ts";
import { Failure } from "../design/notice.tsx";
import { count } from "../format/numbers.ts";
import { DecisionLine } from "../run/decision-line.tsx";
import { momentHref } from "../run/run-hrefs.ts";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { differenceSentence } from "./difference-sentence.ts";
import { askDifference, isDifferenceAsked, showPositions } from "./place.ts";
import { FirstDifference as FirstDifferenceDocument, type FirstDifferenceQuery } from "./side-by-side.generated.ts";

type Difference = NonNullable<FirstDifferenceQuery["firstDifference"]>;

/** Goes to the first events in which the runs differ, and says which decision made them differ. */
export function FirstDifference({ runs }: { readonly runs: readonly RunHead[] }) {
  const isAsked = isDifferenceAsked.value;
  const ids = runs.map(({ id }) => id);
  const { data, error, isLoading, askAgain } = useAnswer(FirstDifferenceDocument, isAsked ? { runs: ids } : undefined, {
    isImmutable: runs.every(isFinal),
  });
  /** Whether the button was pressed; a link to another moment stays there. */
  const isGoing = useRef(false);
  const go = (): void => {
    isGoing.current = true;
    askDifference();
    if (data !== undefined) arrive();
  };
  const arrive = (): void => {
    const sides = data?.firstDifference?.sides ?? [];
    if (!isGoing.current || sides.length === 0) return;
    isGoing.current = false;
    const latest = Math.max(...sides.map(({ event }) => Number(event.timeNs)));
    showPositions(
      sides.map(({ event }) => event.position),
      latest,
    );
  };
  useEffect(arrive, [data]);
  return (
    <div class="stack-tight">
      <div>
        <button class="button" type="button" disabled={isLoading} onClick={go}>
          {isLoading ? "Comparing events ..." : "Go to the first difference"}
        </button>
      </div>
      {error === undefined ? null : <Failure error={error} onRetry={askAgain} />}
      <div role="status">{data === undefined || !isAsked ? null : <Told difference={data.firstDifference} runs={runs} />}</div>
    </div>
  );
}

function Told({ difference, runs }: { readonly difference: Difference | null; readonly runs: readonly RunHead[] }) {
  if (difference === null) return <p>These runs are equal as far as the shortest of them goes.</p>;
  const sides = difference.sides.flatMap((side) => {
    const run = runs.find(({ id }) => id === side.run.id);
    return run === undefined ? [] : [{ side, run }];
  });
  const told = sides.map(({ side, run }) => ({ ...side, policy: run.policyName, nameOf: (vm: number) => vmWords(run, vm) }));
  return (
    <section class="panel stack-tight" aria-label="The first difference">
      <p class="side-sentence">{differenceSentence(difference.equalEvents, told)}</p>
      <ul class={`side-sides side-by-side-${sides.length}`}>
        {sides.map(({ side, run }) => (
          <li key={run.id}>
            <strong>{run.policyName}</strong>
            <p class="small">
              <a href={momentHref(run.id, side.event.position)}>Position {count(side.event.position)}</a>: {side.event.text}
            </p>
            {side.decision === null ? null : <DecisionLine run={run} decision={side.decision} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
