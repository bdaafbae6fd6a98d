import { useState } from "preact/hooks";
import { visit } from "../address/address.ts";
import { ask } from "../api/ask.ts";
import { Switch } from "../design/field.tsx";
import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { counted } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";
import { payloadOf, Refusal } from "./controls/refusal.ts";
import type { Form } from "./form/form.ts";
import { isRecord } from "./form/json-schema.ts";
import { ScalarField } from "./form/scalar-field.tsx";
import { type NewRunQuery, StartScenario } from "./new-run.generated.ts";
import { PolicyFields } from "./policy-fields.tsx";

/** What a run needs besides what the machine is like: its policy, its seed, and whether it starts paused. */
export function StartPanel({ form, policies }: { readonly form: Form; readonly policies: NewRunQuery["policies"] }) {
  const [isPaused, setPaused] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      visit(pagePath("map", { run: await startRun(form, isPaused) }));
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  const value = form.value.value;
  const problems = form.problems.value.length;
  return (
    <form class="start-panel" onSubmit={(event) => void start(event)}>
      <Panel title="Run">
        <div class="stack-tight">
          <PolicyFields form={form} policies={policies} />
          <ScalarField
            form={form}
            schema={form.root.properties?.["seed"] ?? {}}
            path={["seed"]}
            value={isRecord(value) ? (value["seed"] ?? 1) : undefined}
            name="seed"
          />
          <Switch label="Start paused" isOn={isPaused} onChange={setPaused} />
          <div class="row">
            <button class="button button-primary" type="submit" disabled={isBusy}>
              Start the run
            </button>
            <span class={problems === 0 ? "soft" : "field-problem"} role="status">
              {problems === 0 ? "" : `${counted(problems, "problem")} to solve first`}
            </span>
          </div>
          {error === undefined || (error instanceof Refusal && error.problems.length > 0) ? null : <Failure error={error} />}
        </div>
      </Panel>
    </form>
  );
}

/** @returns the run's id. @throws Refusal, whose problems the form shows at their fields. */
async function startRun(form: Form, paused: boolean): Promise<string> {
  try {
    const { outcome } = await ask(StartScenario, { json: form.value.value, paused });
    return payloadOf(outcome).run.id;
  } catch (error) {
    if (error instanceof Refusal)
      form.problems.value = error.problems.map(({ path, message }) => ({ path: placeOf(error, path), message }));
    throw error;
  }
}

/** Problems of parameters have paths within the policy. */
function placeOf({ code }: Refusal, path: string): string {
  return code === "POLICY_PARAMETER_INVALID" ? `/policy${path}` : path;
}
