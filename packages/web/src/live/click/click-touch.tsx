import { useEffect, useRef, useState } from "preact/hooks";
import { hrefWith } from "../../address/address.ts";
import { ask } from "../../api/ask.ts";
import { count } from "../../format/numbers.ts";
import { eventTitle } from "../../run/event-words.ts";
import { clickMode, touchByClick } from "../../run/page-click.ts";
import type { RunHead } from "../../run/run-head.ts";
import { type Selection, selectionWords } from "../../run/selection.ts";
import { TouchPage, TouchRealPage } from "../controls/commands.generated.ts";
import { payloadOf } from "../controls/refusal.ts";
import { TouchEvents } from "./click.generated.ts";
import { answerWords, type CausedEvent, eventsCausedBy } from "./touch-answer.ts";
import { targetOf, type TouchTarget } from "./touch-target.ts";

type Answer = { readonly target: TouchTarget; readonly position: string; readonly events: readonly CausedEvent[] };
/** Of the last click. */
type State = { readonly clicked: string; readonly answer?: Answer; /** Why there was none. */ readonly problem?: string };

/** Above the grids while a click touches pages: that it does, and what came of the last click. */
export function ClickTouch({ run }: { readonly run: RunHead }) {
  const [state, setState] = useState<State>();
  const newest = useRef(run);
  newest.current = run;
  useEffect(() => {
    touchByClick.value = inTurn(async (page) => {
      const { id, headPosition: position, scenario } = newest.current;
      const clicked = selectionWords(page, (vm) => scenario.vmNames[vm - 1] ?? `VM ${vm}`);
      setState({ clicked });
      try {
        const target = await targetOf({ run: id, position, clicked }, page);
        setState({ clicked, answer: await touch(id, target, clickMode.peek() === "store") });
      } catch (error) {
        setState({ clicked, problem: error instanceof Error ? error.message : String(error) });
      }
    });
    return () => {
      touchByClick.value = undefined;
      clickMode.value = "select";
    };
  }, [run.id]);
  const mode = clickMode.value;
  if (mode === "select") return null;
  return (
    <div class="click-touch" role="status">
      <strong>{mode === "load" ? "A click loads from the page." : "A click stores to the page."}</strong>
      <button class="button button-quiet click-touch-end" type="button" onClick={() => (clickMode.value = "select")}>
        Select again
      </button>
      <div class="click-touch-answer">
        <Last state={state} />
      </div>
    </div>
  );
}

function Last({ state }: { readonly state: State | undefined }) {
  if (state === undefined) return <span class="soft">Its answer will be shown here.</span>;
  const { clicked, answer, problem } = state;
  if (problem !== undefined) return <span class="field-problem">{problem}</span>;
  if (answer === undefined) return <span class="soft">Touching {clicked} ...</span>;
  const { target, position, events } = answer;
  return (
    <span>
      {capital(target.words)}: <strong>{answerWords(events)}</strong>.{" "}
      <span class="soft">
        <a href={hrefWith({ at: position })}>Event {count(position)}</a>
        {events.slice(0, MAX_SHOWN).map((event) => (
          <>
            {" \u2192 "}
            <a key={event.position} href={hrefWith({ at: event.position })} title={event.text}>
              {eventTitle(event.type)}
            </a>
          </>
        ))}
        {events.length > MAX_SHOWN ? ` and ${events.length - MAX_SHOWN} more` : ""}
      </span>
    </span>
  );
}

const MAX_SHOWN = 8;

/** Clicks are carried out one after the other, in their order. */
function inTurn(act: (page: Selection) => Promise<void>): (page: Selection) => void {
  let last = Promise.resolve();
  return (page) => {
    last = last.then(() => act(page));
  };
}

/** Events that are looked through for those of the touch. */
const LOOKED_AT = 24;

/** @throws Refusal; ApiError. */
async function touch(run: string, target: TouchTarget, write: boolean): Promise<Answer> {
  const { outcome } =
    target.by === "kernel"
      ? await ask(TouchRealPage, { run, vm: target.vm, realPage: target.realPage })
      : await ask(TouchPage, { run, vm: target.vm, process: target.process, virtualPage: target.virtualPage, write });
  const { position } = payloadOf(outcome);
  const from = BigInt(position) + 1n;
  const { run: found } = await ask(TouchEvents, { run, from: String(from), to: String(from + BigInt(LOOKED_AT - 1)) });
  return { target, position, events: eventsCausedBy(position, found?.events.nodes ?? []) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
