import { useState } from "preact/hooks";
import { SelectField } from "../design/field.tsx";
import type { Form } from "./form/form.ts";
import { isRecord, type Json, type JsonRecord } from "./form/json-schema.ts";
import { readText, showText } from "./form/scalar-text.ts";
import type { NewRunQuery } from "./new-run.generated.ts";

type Policy = NewRunQuery["policies"][number];
type Parameter = Policy["parameters"][number];

const PARAMETERS = ["policy", "parameters"];

/** The policy, and its parameters with their defaults; what is left empty keeps the default. */
export function PolicyFields({ form, policies }: { readonly form: Form; readonly policies: readonly Policy[] }) {
  const { name, parameters } = policyOf(form);
  const policy = policies.find((each) => each.name === name);
  const problems = [...form.problemsAt("/policy"), ...form.problemsAt("/policy/name")];
  return (
    <>
      <SelectField
        label="Policy"
        value={name}
        options={policies.map((each) => ({ value: each.name, label: each.name }))}
        onChange={(chosen) => form.change(["policy"], { name: chosen })}
      />
      {problems.map((message) => (
        <p key={message} class="field-problem" role="alert">
          {message}
        </p>
      ))}
      {policy === undefined ? null : <p class="form-hint form-hint-whole">{policy.description}</p>}
      {policy === undefined || policy.parameters.length === 0 ? null : (
        <details class="form-item" open={form.problemsWithin("/policy/parameters") > 0 || undefined}>
          <summary>
            Parameters <span class="faint">{changedWords(Object.keys(parameters).length)}</span>
          </summary>
          <div class="stack-tight">
            {policy.parameters.map((parameter) => (
              <ParameterField key={parameter.name} form={form} parameter={parameter} value={parameters[parameter.name]} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function changedWords(changed: number): string {
  return changed === 0 ? "all at their defaults" : `${changed} given`;
}

/** A scenario may name its policy alone. */
function policyOf(form: Form): { readonly name: string; readonly parameters: JsonRecord } {
  const value = form.value.value;
  const policy = (isRecord(value) ? value["policy"] : undefined) ?? form.root.properties?.["policy"]?.default;
  if (!isRecord(policy)) return { name: showText(policy), parameters: {} };
  return { name: showText(policy["name"]), parameters: isRecord(policy["parameters"]) ? policy["parameters"] : {} };
}

type ParameterFieldProps = { readonly form: Form; readonly parameter: Parameter; readonly value: Json | undefined };

function ParameterField({ form, parameter, value }: ParameterFieldProps) {
  const { name, description, type, unit } = parameter;
  const id = `/policy/parameters/${name}`;
  const problems = form.problemsAt(id);
  const change = (part: Json | undefined): void => {
    const policy = policyOf(form);
    form.change(["policy"], policy);
    form.change([...PARAMETERS, name], part);
  };
  return (
    <div class="form-field">
      <div class="form-label">
        <label for={id}>{name}</label>
        <span class="form-unit">{unit}</span>
      </div>
      {type === "BOOLEAN" || type === "CHOICE" ? (
        <select
          id={id}
          aria-invalid={problems.length > 0}
          value={showText(value)}
          onChange={(event) => change(chosenOf(type, event.currentTarget.value))}
        >
          <option value="">{`${showText(parameter.default as Json)} (default)`}</option>
          {(type === "BOOLEAN" ? ["true", "false"] : (parameter.choices ?? [])).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      ) : (
        <NumberControl id={id} parameter={parameter} value={value} isInvalid={problems.length > 0} onChange={change} />
      )}
      {problems.map((message) => (
        <p key={message} class="field-problem" role="alert">
          {message}
        </p>
      ))}
      <p class="form-hint" title={description}>
        {description} {rangeOf(parameter)}
      </p>
    </div>
  );
}

type NumberControlProps = {
  readonly id: string;
  readonly parameter: Parameter;
  readonly value: Json | undefined;
  readonly isInvalid: boolean;
  readonly onChange: (value: Json | undefined) => void;
};

function NumberControl({ id, parameter, value, isInvalid, onChange }: NumberControlProps) {
  const [typed, setTyped] = useState("");
  const text = JSON.stringify(readText({ kind: "number" }, typed)) === JSON.stringify(value) ? typed : showText(value);
  return (
    <input
      id={id}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-invalid={isInvalid}
      placeholder={showText(parameter.default as Json)}
      value={text}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readText({ kind: "number" }, event.currentTarget.value));
      }}
    />
  );
}

function chosenOf(type: Parameter["type"], text: string): Json | undefined {
  if (text === "") return undefined;
  return type === "BOOLEAN" ? text === "true" : text;
}

function rangeOf({ minimum, maximum }: Parameter): string {
  return minimum === null || maximum === null ? "" : `${minimum} to ${maximum}.`;
}
