import type { ComponentChildren } from "preact";
import type { Part } from "./part.ts";
import { pointerOf } from "./path.ts";
import { RemoveButton } from "./scalar-field.tsx";

type GroupProps = Pick<Part, "form" | "schema" | "path" | "name" | "onRemove"> & {
  readonly actions?: ComponentChildren;
  /** Of what is inside and shown nowhere else. */
  readonly problems?: readonly string[];
  readonly children: ComponentChildren;
};

/** Several fields that belong together, under one heading. */
export function Group({ form, schema, path, name, onRemove, actions, problems, children }: GroupProps) {
  const shown = [...form.problemsAt(pointerOf(path)), ...(problems ?? [])];
  return (
    <fieldset class="form-group">
      <legend>
        {name} <RemoveButton name={name} onRemove={onRemove} />
      </legend>
      {schema.description === undefined ? null : (
        <p class="form-hint" title={schema.description}>
          {schema.description}
        </p>
      )}
      {shown.map((message) => (
        <p key={message} class="field-problem" role="alert">
          {message}
        </p>
      ))}
      {children}
      {actions}
    </fieldset>
  );
}
