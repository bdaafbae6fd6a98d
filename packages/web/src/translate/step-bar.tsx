import { useEffect, useState } from "preact/hooks";
import { parameter, setParameters } from "../address/address.ts";
import { isAbort } from "../api/api-error.ts";
import { Switch } from "../design/field.tsx";
import { count, timestamp } from "../format/numbers.ts";
import { eventTitle } from "../run/event-words.ts";
import { showPosition } from "../run/position.ts";
import type { RunHead } from "../run/run-head.ts";
import { changePosition } from "./changes.ts";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";

const predict = parameter("predict");

type StepBarProps = {
  readonly run: RunHead;
  readonly moment: MomentOfRun;
  readonly asked: AskedPage;
  readonly at: number;
  readonly realPage: number | null;
  readonly shown: number;
  readonly stages: number;
  readonly show: (count: number) => void;
};

/** Moves through the steps of the translation, and through the moments of the run. */
export function StepBar(props: StepBarProps) {
  const { shown, stages, show } = props;
  useStepKeys(props);
  const isPredicting = predict.value !== undefined;
  return (
    <div class="panel translate-bar">
      <div class="row" role="group" aria-label="Steps of the translation">
        <button class="button" type="button" disabled={shown <= 1} onClick={() => show(shown - 1)}>
          Previous step <kbd>←</kbd>
        </button>
        <button class="button button-primary" type="button" disabled={shown >= stages || isPredicting} onClick={() => show(shown + 1)}>
          Next step <kbd>→</kbd>
        </button>
        <button class="button" type="button" disabled={shown >= stages || isPredicting} onClick={() => show(stages)}>
          All steps
        </button>
        <span class="soft" role="status">
          {isPredicting ? `Step ${shown}` : `Step ${shown} of ${stages}`}
        </span>
        <Switch
          label="Predict first"
          isOn={isPredicting}
          onChange={(isOn) => setParameters({ predict: isOn ? "1" : undefined, step: isOn ? "1" : undefined })}
        />
      </div>
      <Moments {...props} />
    </div>
  );
}

function Moments({ run, moment, asked, realPage, at }: StepBarProps) {
  const head = Number(run.headPosition);
  const { event, timeNs } = moment.at;
  const [note, setNote] = useState("");
  const [way, setWay] = useState<"next" | "previous">();
  useEffect(() => setNote(""), [at]);
  useEffect(() => {
    if (way === undefined) return undefined;
    const abort = new AbortController();
    changePosition({ run: run.id, ...asked, realPage, at, head }, way, abort.signal)
      .then(
        (position) => (position === undefined ? setNote(`No ${way} change of this translation.`) : showPosition(position, { step: true })),
        (error: unknown) => (isAbort(error) ? undefined : setNote(error instanceof Error ? error.message : String(error))),
      )
      .finally(() => setWay(undefined));
    return () => abort.abort();
  }, [way]);
  return (
    <div class="row" role="group" aria-label="Moment of the run">
      <button class="button" type="button" disabled={at <= 1} onClick={() => setWay("previous")}>
        Previous change
      </button>
      <button class="button" type="button" disabled={at <= 1} onClick={() => showPosition(at - 1)}>
        −1 event
      </button>
      <span>
        Position {count(at)}, {timestamp(timeNs)}
        {event === null ? "" : `: ${eventTitle(event.type)}`}
      </span>
      <button class="button" type="button" disabled={at >= head} onClick={() => showPosition(at + 1)}>
        +1 event
      </button>
      <button class="button" type="button" disabled={at >= head} onClick={() => setWay("next")}>
        Next change
      </button>
      <span class="soft small" role="status">
        {note}
      </span>
    </div>
  );
}

/** Arrows lead through the steps wherever nothing is typed; while the reader predicts, only backwards. */
function useStepKeys({ shown, stages, show }: StepBarProps): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
      if (isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowLeft" && shown > 1) show(shown - 1);
      else if (event.key === "ArrowRight" && shown < stages && predict.value === undefined) show(shown + 1);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shown, stages]);
}
