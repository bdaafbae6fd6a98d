import { useEffect } from "preact/hooks";
import { parameter, setParameters } from "../address/address.ts";
import { Panel } from "../design/panel.tsx";
import { validate } from "./draft.ts";
import type { Form } from "./form/form.ts";
import { hiddenProblems, RecordParts } from "./form/record-field.tsx";
import { SchemaField } from "./form/schema-field.tsx";
import { JsonView } from "./json/json-view.tsx";

const view = parameter("view");

/** They have fields of their own, beside the button that starts the run; the schema's address is for editors. */
const SHOWN_ELSEWHERE = ["policy", "seed", "$schema"];
const PAUSE_MS = 300;

/** The scenario as a form or as JSON: both show the same value, and both change it. */
export function ScenarioPanel({ form }: { readonly form: Form }) {
  const value = form.value.value;
  const isJson = view.value === "json";
  useEffect(() => {
    const abort = new AbortController();
    // A server that does not answer is told of elsewhere; what was found before stays until it does.
    const timer = setTimeout(() => void validate(form, abort.signal).catch(() => undefined), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [form, value]);
  const part = { form, schema: form.root, path: [], value, name: "the scenario", Inner: SchemaField };
  return (
    <Panel
      title="Scenario"
      actions={
        <>
          <ViewButton label="Form" isOn={!isJson} onClick={() => setParameters({ view: undefined }, { step: true })} />
          <ViewButton label="JSON" isOn={isJson} onClick={() => setParameters({ view: "json" }, { step: true })} />
        </>
      }
    >
      {isJson ? (
        <JsonView form={form} />
      ) : (
        <div class="stack-tight">
          {[...form.problemsAt(""), ...hiddenProblems(part, SHOWN_ELSEWHERE)].map((message) => (
            <p key={message} class="field-problem" role="alert">
              {message}
            </p>
          ))}
          <RecordParts {...part} hidden={SHOWN_ELSEWHERE} />
        </div>
      )}
    </Panel>
  );
}

function ViewButton({ label, isOn, onClick }: { readonly label: string; readonly isOn: boolean; readonly onClick: () => void }) {
  return (
    <button class="button button-small" type="button" aria-pressed={isOn} onClick={onClick}>
      {label}
    </button>
  );
}
