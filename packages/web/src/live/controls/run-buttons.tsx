import { useState } from "preact/hooks";
import { count } from "../../format/numbers.ts";
import type { RunHead } from "../../run/run-head.ts";
import { PauseRun, ResumeRun, StepRun, StopRun } from "./commands.generated.ts";
import { ConfirmedButton } from "./confirmed-button.tsx";
import { Outcome } from "./outcome.tsx";
import { useCommand } from "./use-command.ts";

const STEPS = [1, 10, 100, 1_000, 10_000];

/** Pause, resume, some events more, and the end. */
export function RunButtons({ run: { id: run, status } }: { readonly run: RunHead }) {
  const [state, send] = useCommand();
  const [events, setEvents] = useState(1);
  const isPaused = status === "PAUSED";
  return (
    <div class="stack-tight">
      <div class="row">
        {isPaused ? (
          <button class="button button-primary" type="button" disabled={state.isBusy} onClick={() => void send(ResumeRun, { run })}>
            Resume
          </button>
        ) : (
          <button class="button button-primary" type="button" disabled={state.isBusy} onClick={() => void send(PauseRun, { run })}>
            Pause
          </button>
        )}
        <span class="command-pair">
          <button
            class="button"
            type="button"
            disabled={!isPaused || state.isBusy}
            title={isPaused ? undefined : "A paused run can be stepped."}
            onClick={() => void send(StepRun, { run, events })}
          >
            Step
          </button>
          <select aria-label="Events of a step" value={events} onChange={(event) => setEvents(Number(event.currentTarget.value))}>
            {STEPS.map((step) => (
              <option key={step} value={step}>
                {step === 1 ? "1 event" : `${count(step)} events`}
              </option>
            ))}
          </select>
        </span>
        <ConfirmedButton
          label="Stop the run"
          confirmLabel="Stop it for good"
          isDisabled={state.isBusy}
          onConfirm={() => void send(StopRun, { run })}
        />
      </div>
      <Outcome state={state} />
    </div>
  );
}
