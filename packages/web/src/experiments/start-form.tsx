import { useState } from "preact/hooks";
import { parameter, setParameters, visit } from "../address/address.ts";
import { ask } from "../api/ask.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Field, SelectField, Switch } from "../design/field.tsx";
import { Failure } from "../design/notice.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { payloadOf, Refusal } from "../live/controls/refusal.ts";
import { pagePath } from "../page-paths.ts";
import { ExperimentChoices, type ExperimentChoicesQuery, StartExperiment } from "./experiments.generated.ts";
import { Policies, type PoliciesQuery } from "./policies.generated.ts";
import { PolicyChoices } from "./policy-choices.tsx";
import { type Draft, FIRST_DRAFT, inputOf, MAX_SEEDS } from "./start-input.ts";

const scenario = parameter("scenario");

/** Starts a comparison, and opens it. */
export function StartForm() {
  const scenarios = useAnswer(ExperimentChoices, {}, { isImmutable: true });
  const policies = useAnswer(Policies, {}, { isImmutable: true });
  return (
    <Answered answer={scenarios} skeleton={<SkeletonLines lines={10} />}>
      {(choices) => (
        <Answered answer={policies} skeleton={<SkeletonLines lines={10} />}>
          {(known) => <Form scenarios={choices.scenarios} policies={known.policies} />}
        </Answered>
      )}
    </Answered>
  );
}

type FormProps = { readonly scenarios: ExperimentChoicesQuery["scenarios"]; readonly policies: PoliciesQuery["policies"] };

function Form({ scenarios, policies }: FormProps) {
  const shown = scenarios.find(({ name }) => name === scenario.value) ?? scenarios.find(({ name }) => name === "sample") ?? scenarios[0];
  const [draft, setDraft] = useState<Draft>({ ...FIRST_DRAFT, policies: shown === undefined ? [] : [shown.policy] });
  const { error, isStarting, start } = useStart();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (shown !== undefined) start(inputOf(shown.name, draft));
  };
  const chosen = draft.policies;
  return (
    <form class="stack" onSubmit={submit}>
      <SelectField
        label="Scenario"
        value={shown?.name ?? ""}
        options={scenarios.map(({ name }) => ({ value: name, label: name }))}
        onChange={(name) => setParameters({ scenario: name })}
      />
      <p class="small soft">{shown?.description}</p>
      <PolicyChoices policies={policies} draft={draft} onChange={setDraft} />
      <SelectField
        label="Baseline, which the others are compared with"
        value={chosen.includes(draft.baseline) ? draft.baseline : (chosen[0] ?? "")}
        options={chosen.map((name) => ({ value: name, label: name }))}
        onChange={(baseline) => setDraft({ ...draft, baseline })}
      />
      <Field label={`Seeds (1 to ${MAX_SEEDS}); five or more tell differences apart from chance`}>
        <input
          type="number"
          required
          min="1"
          max={MAX_SEEDS}
          step="1"
          value={draft.seeds}
          onInput={({ currentTarget: { value } }) => setDraft({ ...draft, seeds: value })}
        />
      </Field>
      <Switch
        label="Also without overcommitment, the base of slowdowns"
        isOn={draft.isWithUncommitted}
        onChange={(is) => setDraft({ ...draft, isWithUncommitted: is })}
      />
      <Switch
        label="Keep events, so that any moment can be shown"
        isOn={draft.keepsEvents}
        onChange={(is) => setDraft({ ...draft, keepsEvents: is })}
      />
      {error === undefined ? null : <StartFailure error={error} />}
      <button class="button button-primary" type="submit" disabled={chosen.length === 0 || isStarting}>
        {chosen.length === 0 ? "Choose a policy" : isStarting ? "Starting ..." : `Start ${chosen.length} x ${draft.seeds} runs`}
      </button>
    </form>
  );
}

function useStart() {
  const [error, setError] = useState<unknown>();
  const [isStarting, setStarting] = useState(false);
  const start = (input: ReturnType<typeof inputOf>): void => {
    setError(undefined);
    setStarting(true);
    ask(StartExperiment, { input })
      .then(({ outcome }) => visit(pagePath("experiment", { experiment: payloadOf(outcome).experiment.id })))
      .catch(setError)
      .finally(() => setStarting(false));
  };
  return { error, isStarting, start };
}

function StartFailure({ error }: { readonly error: unknown }) {
  return (
    <>
      <Failure error={error} />
      {error instanceof Refusal && error.problems.length > 0 ? (
        <ul>
          {error.problems.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
