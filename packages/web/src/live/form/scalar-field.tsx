import { useState } from "preact/hooks";
import { count, decimal, duration, pagesAsBytes } from "../../format/numbers.ts";
import type { Json, JsonSchema } from "./json-schema.ts";
import type { Part } from "./part.ts";
import { pointerOf } from "./path.ts";
import { readText, showText } from "./scalar-text.ts";
import { type Shape, shapeOf } from "./shape.ts";

type ScalarPart = Omit<Part, "Inner">;

/** One value in one line: its label, what it means, its range, and what is wrong with it. */
export function ScalarField(part: ScalarPart) {
  const { form, schema, path, name, onRemove } = part;
  const pointer = pointerOf(path);
  const shape = shapeOf(form.root, schema);
  const problems = form.problemsAt(pointer);
  return (
    <div class="form-field">
      <div class="form-label">
        <label for={pointer}>{name}</label>
        <span class="form-unit">{inUnits(name, part.value)}</span>
        <RemoveButton name={name} onRemove={onRemove} />
      </div>
      <Control part={part} shape={shape} id={pointer} isInvalid={problems.length > 0} />
      {problems.map((message) => (
        <p key={message} class="field-problem" role="alert">
          {message}
        </p>
      ))}
      <Hint id={`${pointer}-hint`} schema={schema} shape={shape} />
    </div>
  );
}

/** What a plain number is in the unit that people read: the schema's names end with what they count. */
function inUnits(name: string, value: Json | undefined): string {
  if (typeof value !== "number" || value === 0) return "";
  if (name.endsWith("Ns")) return duration(value);
  return /pages$/i.test(name) ? pagesAsBytes(value) : "";
}

export function RemoveButton({ name, onRemove }: Pick<Part, "name" | "onRemove">) {
  if (onRemove === undefined) return null;
  return (
    <button class="form-remove" type="button" aria-label={`Leave out ${name}`} title={`Leave out ${name}`} onClick={onRemove}>
      ×
    </button>
  );
}

function Hint({ id, schema, shape }: { readonly id: string; readonly schema: JsonSchema; readonly shape: Shape }) {
  const text = [schema.description, rangeOf(schema, shape)].filter((each) => each !== undefined).join(" ");
  if (text === "") return null;
  return (
    <p id={id} class="form-hint" title={text}>
      {text}
    </p>
  );
}

/** The bounds, where they say something: those of 64-bit numbers and of the largest host do not. */
function rangeOf(schema: JsonSchema, shape: Shape): string | undefined {
  const { minimum, maximum } = shape.kind === "quantity" ? shape : schema;
  if (minimum === undefined || maximum === undefined || maximum > 1e9) return undefined;
  const show = Number.isInteger(minimum) && Number.isInteger(maximum) ? count : decimal;
  return `${show(minimum)} to ${show(maximum)}.`;
}

type ControlProps = { readonly part: ScalarPart; readonly shape: Shape; readonly id: string; readonly isInvalid: boolean };

function Control({ part, shape, id, isInvalid }: ControlProps) {
  const { form, schema, path, value } = part;
  const named = { id, "aria-invalid": isInvalid, "aria-describedby": `${id}-hint` };
  switch (shape.kind) {
    case "constant":
    case "nothing":
      return <output id={id}>{showText(value ?? schema.const)}</output>;
    case "switch":
      return (
        <input {...named} type="checkbox" checked={value === true} onChange={(event) => form.change(path, event.currentTarget.checked)} />
      );
    case "choice":
      return (
        <select {...named} value={showText(value)} onChange={(event) => form.change(path, event.currentTarget.value)}>
          {(schema.enum ?? []).map(showText).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      );
    default:
      return <TextControl part={part} shape={shape} named={named} />;
  }
}

type TextControlProps = { readonly part: ScalarPart; readonly shape: Shape; readonly named: object };

/** What is typed stays as it is typed as long as it means the value. */
function TextControl({ part: { form, schema, path, value }, shape, named }: TextControlProps) {
  const [typed, setTyped] = useState("");
  const text = JSON.stringify(readText(shape, typed)) === JSON.stringify(value) ? typed : showText(value);
  const onInput = (event: { readonly currentTarget: { readonly value: string } }): void => {
    setTyped(event.currentTarget.value);
    form.change(path, readText(shape, event.currentTarget.value));
  };
  const isLong = (schema.maxLength ?? 0) > 1_000;
  if (isLong) return <textarea {...named} rows={3} value={text} onInput={onInput} />;
  return <input {...named} type="text" autoComplete="off" spellcheck={false} value={text} onInput={onInput} />;
}
