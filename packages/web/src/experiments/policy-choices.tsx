import { Switch } from "../design/field.tsx";
import type { PoliciesQuery } from "./policies.generated.ts";
import type { Draft } from "./start-input.ts";

type Policy = PoliciesQuery["policies"][number];
type Parameter = Policy["parameters"][number];

type PolicyChoicesProps = { readonly policies: readonly Policy[]; readonly draft: Draft; readonly onChange: (draft: Draft) => void };

/** A switch for each installed policy, and the parameters of those that are on. */
export function PolicyChoices({ policies, draft, onChange }: PolicyChoicesProps) {
  const toggle = (name: string, isOn: boolean): void =>
    onChange({ ...draft, policies: isOn ? [...draft.policies, name] : draft.policies.filter((each) => each !== name) });
  const change = (policy: string, parameter: string, text: string): void => {
    const before = draft.parameters[policy] ?? {};
    onChange({ ...draft, parameters: { ...draft.parameters, [policy]: { ...before, [parameter]: text } } });
  };
  return (
    <fieldset class="policy-choices">
      <legend>Policies</legend>
      {policies.map((policy) => {
        const isOn = draft.policies.includes(policy.name);
        return (
          <div key={policy.name} class="policy-choice" title={policy.description}>
            <Switch label={policy.name} isOn={isOn} onChange={(is) => toggle(policy.name, is)} />
            {isOn ? <span class="small soft">{policy.description}</span> : null}
            {isOn && policy.parameters.length > 0 ? (
              <Parameters
                policy={policy}
                typed={draft.parameters[policy.name] ?? {}}
                onChange={(name, text) => change(policy.name, name, text)}
              />
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
}

type ParametersProps = {
  readonly policy: Policy;
  readonly typed: Readonly<Record<string, string>>;
  readonly onChange: (name: string, text: string) => void;
};

function Parameters({ policy, typed, onChange }: ParametersProps) {
  const changed = Object.values(typed).filter((text) => text !== "").length;
  return (
    <details>
      <summary class="small">
        Parameters of {policy.name}: {changed === 0 ? "all at their defaults" : `${changed} changed`}
      </summary>
      <div class="policy-parameters">
        {policy.parameters.map((parameter) => (
          <label key={parameter.name} class="field" title={parameter.description}>
            <span>
              {parameter.name} {parameter.unit === null ? "" : `(${parameter.unit})`}
            </span>
            <Control parameter={parameter} text={typed[parameter.name] ?? ""} onChange={(text) => onChange(parameter.name, text)} />
          </label>
        ))}
      </div>
    </details>
  );
}

type ControlProps = { readonly parameter: Parameter; readonly text: string; readonly onChange: (text: string) => void };

/** The default is what an empty control stands for. */
function Control({ parameter: { type, choices, minimum, maximum, default: byDefault }, text, onChange }: ControlProps) {
  const words = type === "BOOLEAN" ? ["true", "false"] : choices;
  if (words !== null && words !== undefined) {
    return (
      <select value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{String(byDefault)} (default)</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      type="number"
      step={type === "INTEGER" ? 1 : "any"}
      min={minimum ?? undefined}
      max={maximum ?? undefined}
      placeholder={String(byDefault)}
      value={text}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
