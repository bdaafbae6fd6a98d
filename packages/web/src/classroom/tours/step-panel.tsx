import { Empty } from "../../design/notice.tsx";
import { count } from "../../format/numbers.ts";
import { pagePath } from "../../page-paths.ts";
import { eventTitle, fieldsLine, type ShownField } from "../../run/event-words.ts";
import type { Tour, TourEvent } from "./tour.ts";

type StepPanelProps = {
  readonly tour: Tour;
  readonly number: number;
  readonly event: (TourEvent & { readonly fields: readonly ShownField[] }) | undefined;
  readonly run: string;
  /** Whether the run's events are known. */
  readonly isReady: boolean;
  readonly onShow: (step: number) => void;
};

/** What a step says, the event that it is about, and the way to the other steps. */
export function StepPanel({ tour: { steps }, number, event, run, isReady, onShow }: StepPanelProps) {
  return (
    <section class="panel tour-step" aria-label={`Step ${number} of ${steps.length}`}>
      <p class="tour-sentence" aria-live="polite">
        {steps[number - 1]?.say}
      </p>
      {event === undefined && isReady ? <Empty title="The run has no such event: the bundled scenario was changed" /> : null}
      <p class="small soft tour-event">
        {event === undefined ? null : (
          <>
            Event {count(event.position)}: {eventWords(event)}{" "}
            <a href={`${pagePath("map", { run })}?at=${event.position}`}>Open this moment in the explorer</a>
          </>
        )}
      </p>
      <nav class="row row-apart" aria-label="Steps of this tour">
        <button class="button" type="button" disabled={number === 1} onClick={() => onShow(number - 1)}>
          Back <kbd>←</kbd>
        </button>
        <ol class="tour-steps">
          {steps.map(({ say }, index) => (
            <li key={say}>
              <button
                type="button"
                aria-label={`Step ${index + 1}`}
                aria-current={index + 1 === number ? "step" : undefined}
                title={say}
                onClick={() => onShow(index + 1)}
              >
                {index + 1}
              </button>
            </li>
          ))}
        </ol>
        <button class="button button-primary" type="button" disabled={number === steps.length} onClick={() => onShow(number + 1)}>
          Next <kbd>→</kbd>
        </button>
      </nav>
    </section>
  );
}

/** `Frame unmapped of VM 1, real page 1, frame 1, cause balloon.` */
function eventWords({ type, vm, fields }: TourEvent & { readonly fields: readonly ShownField[] }): string {
  const title = vm === null || vm === 0 ? eventTitle(type) : `${eventTitle(type)} of VM ${vm}`;
  return `${[title, fieldsLine(fields)].filter((part) => part !== "").join(", ")}.`;
}
