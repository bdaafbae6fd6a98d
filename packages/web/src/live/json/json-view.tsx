import { useState } from "preact/hooks";
import { Field } from "../../design/field.tsx";
import type { Form } from "../form/form.ts";
import type { Json } from "../form/json-schema.ts";
import { jsonProblem } from "./json-problem.ts";

/** The value as text. A text that is JSON becomes the value; of another one the place of its mistake is shown. */
export function JsonView({ form }: { readonly form: Form }) {
  const [text, setText] = useState(() => printed(form.value.value));
  const problem = jsonProblem(text);
  const change = (changed: string): void => {
    setText(changed);
    if (jsonProblem(changed) === undefined) form.change([], JSON.parse(changed) as Json);
  };
  return (
    <div class="stack-tight">
      <Field
        label="The scenario as JSON"
        problem={problem === undefined ? undefined : `Not JSON: ${problem}. The form keeps what was valid last.`}
      >
        <textarea
          class="mono json-text"
          rows={Math.min(40, text.split("\n").length + 1)}
          spellcheck={false}
          aria-invalid={problem !== undefined}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </Field>
      {form.problems.value.length === 0 || problem !== undefined ? null : (
        <ul class="json-problems">
          {form.problems.value.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path === "" ? "(whole)" : path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function printed(value: Json): string {
  return JSON.stringify(value, null, 2);
}
