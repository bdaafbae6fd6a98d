import { useEffect, useState } from "preact/hooks";
import { parameter, setParameters } from "../address/address.ts";
import { isAbort } from "../api/api-error.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Failure } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { beginWith, draft, keptDrafts } from "./draft.ts";
import type { JsonSchema } from "./form/json-schema.ts";
import "./live.css";
import { NewRun, type NewRunQuery } from "./new-run.generated.ts";
import { DraftLine } from "./draft-line.tsx";
import { ScenarioPanel } from "./scenario-panel.tsx";
import { StartPanel } from "./start-panel.tsx";
import { StartingPoints } from "./starting-points.tsx";

const scenario = parameter("scenario");
const FIRST = "sample";

/** Writes a scenario, beginning with a bundled one, and starts a run of it. */
export function Screen() {
  const answer = useAnswer(NewRun, {});
  return (
    <div class="stack">
      <div class="stack-tight">
        <h1>New run</h1>
        <p class="soft">
          Begin with a bundled scenario, change what you like, and start it. A run that starts paused can be stepped event by event.
        </p>
      </div>
      <Answered answer={answer} skeleton={<Skeleton height={30} />}>
        {(data) => <Loaded data={data} />}
      </Answered>
    </div>
  );
}

function Loaded({ data: { scenarioSchema, scenarios, policies } }: { readonly data: NewRunQuery }) {
  const name = scenario.value ?? draft.value?.from ?? keptDrafts.last ?? FIRST;
  const error = useDraftOf(scenarioSchema as JsonSchema, name);
  const form = draft.value?.from === name ? draft.value.form : undefined;
  return (
    <>
      <StartingPoints scenarios={scenarios} chosen={name} onChoose={(chosen) => setParameters({ scenario: chosen }, { step: true })} />
      {error === undefined ? null : <Failure error={error} />}
      <DraftLine from={name} />
      {form === undefined ? (
        <Skeleton height={24} />
      ) : (
        <div class="new-run">
          <ScenarioPanel key={draft.value?.number} form={form} />
          <StartPanel form={form} policies={policies} />
        </div>
      )}
    </>
  );
}

/** Loads the scenario that the draft begins with, unless it is this one already. */
function useDraftOf(root: JsonSchema, name: string): unknown {
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    setError(undefined);
    if (draft.value?.from === name) return undefined;
    const abort = new AbortController();
    beginWith(root, name, abort.signal).catch((reason: unknown) => (isAbort(reason) ? undefined : setError(reason)));
    return () => abort.abort();
  }, [name]);
  return error;
}
