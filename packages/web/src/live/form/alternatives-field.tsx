import { initialValue } from "./initial-value.ts";
import { Group } from "./group.tsx";
import { resolve } from "./json-schema.ts";
import { alternativeOf } from "./matching.ts";
import type { Part } from "./part.ts";
import { pointerOf } from "./path.ts";
import { hiddenProblems, RecordParts } from "./record-field.tsx";
import { type Alternative, shapeOf } from "./shape.ts";

/** A choice of what a value is, such as the kind of a workload, and the fields of what is chosen. */
export function AlternativesField(part: Part & { readonly alternatives: readonly Alternative[] }) {
  const { form, path, value, name, alternatives } = part;
  const chosen = alternativeOf(form.root, alternatives, value);
  const schema = resolve(form.root, alternatives[chosen]?.schema ?? {});
  const { kind } = shapeOf(form.root, schema);
  const inner = { ...part, schema, onRemove: undefined };
  const choose = (index: number): void => form.change(path, initialValue(form.root, alternatives[index]?.schema ?? {}));
  return (
    <Group {...part} problems={kind === "record" ? hiddenProblems(inner, []) : []}>
      <div class="form-choice">
        <select
          id={`${pointerOf(path)}-kind`}
          aria-label={`What ${name} is`}
          value={chosen}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {alternatives.map(({ label }, index) => (
            <option key={label + String(index)} value={index}>
              {label}
            </option>
          ))}
        </select>
        {schema.description === undefined || schema.description === part.schema.description ? null : (
          <span class="form-hint">{schema.description}</span>
        )}
      </div>
      {kind === "nothing" ? null : kind === "record" ? (
        <RecordParts {...inner} />
      ) : (
        <part.Inner {...inner} schema={{ ...schema, description: "" }} />
      )}
    </Group>
  );
}
