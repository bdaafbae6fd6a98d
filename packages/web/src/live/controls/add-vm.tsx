import { useState } from "preact/hooks";
import { Field } from "../../design/field.tsx";
import type { RunHead } from "../../run/run-head.ts";
import { jsonProblem } from "../json/json-problem.ts";
import { AddVm as AddVmDocument } from "./commands.generated.ts";
import { Outcome } from "./outcome.tsx";
import { useCommand } from "./use-command.ts";

const EXAMPLE = JSON.stringify(
  {
    name: "late",
    configuredPages: 64,
    processes: [{ name: "scan", virtualPages: 64, workload: { kind: "uniform", pages: 64, accesses: 10_000 } }],
  },
  null,
  2,
);

/** One more VM for a running run, written as an item of a scenario's `vms`. */
export function AddVm({ run }: { readonly run: RunHead }) {
  const [text, setText] = useState(EXAMPLE);
  const [state, send] = useCommand();
  const problem = jsonProblem(text);
  const add = (event: Event): void => {
    event.preventDefault();
    void send(AddVmDocument, { run: run.id, vm: JSON.parse(text) as unknown });
  };
  return (
    <details class="add-vm">
      <summary>Add a VM</summary>
      <form class="stack-tight" onSubmit={add}>
        <Field label="The VM, as in a scenario" problem={problem}>
          <textarea
            class="mono"
            rows={8}
            spellcheck={false}
            aria-invalid={problem !== undefined}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </Field>
        <div>
          <button class="button" type="submit" disabled={problem !== undefined || state.isBusy}>
            Add this VM
          </button>
        </div>
        <Outcome state={state} />
      </form>
    </details>
  );
}
