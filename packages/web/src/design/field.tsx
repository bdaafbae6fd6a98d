import type { ComponentChildren } from "preact";

type FieldProps = { readonly label: string; readonly problem?: string | undefined; readonly children: ComponentChildren };

/** A control with its label; its problem, if there is one, below. */
export function Field({ label, problem, children }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
      {problem === undefined ? null : (
        <span class="field-problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}

type SelectProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
};

export function SelectField({ label, value, options, onChange }: SelectProps) {
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type SwitchProps = { readonly label: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };

export function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
