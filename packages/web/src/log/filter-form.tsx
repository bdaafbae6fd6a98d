import { setParameters } from "../address/address.ts";
import { Field, SelectField } from "../design/field.tsx";
import type { RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { FILTER_PARAMETERS, type LogFilter, nsOf, problemOf } from "./log-filter.ts";
import { type OccurringType, TypeChoice } from "./type-choice.tsx";

type FilterFormProps = { readonly run: RunHead; readonly filter: LogFilter; readonly types: readonly OccurringType[] };

/** What of the events is listed; the address keeps it. */
export function FilterForm({ run, filter, types }: FilterFormProps) {
  const vms = run.scenario.vmNames.map((_, index) => ({ value: String(index + 1), label: vmWords(run, index + 1) }));
  const isFiltered = FILTER_PARAMETERS.some((name) => filter[name] !== undefined && filter[name].toString() !== "");
  return (
    <form class="log-filter" onSubmit={(event) => event.preventDefault()}>
      <TypeChoice types={types} chosen={filter.types} onChange={(chosen) => change("types", chosen.join(","))} />
      <VmField vms={vms} vm={filter.vm} />
      <NumberParameter label="Process" name="process" value={filter.process} isDisabled={filter.vm === undefined || filter.vm === 0} />
      <Field label="Page" problem={problemOf(filter)}>
        <input
          value={filter.names ?? ""}
          placeholder="real 33, frame 12"
          aria-invalid={problemOf(filter) !== undefined}
          onInput={(event) => change("names", event.currentTarget.value)}
        />
      </Field>
      <NumberParameter label="From position" name="from" value={filter.from} />
      <NumberParameter label="To position" name="to" value={filter.to} />
      <TimeParameter label="From time (s)" name="fromTime" value={filter.fromTime} />
      <TimeParameter label="To time (s)" name="toTime" value={filter.toTime} />
      <button class="button" type="button" disabled={!isFiltered} onClick={clear}>
        All events
      </button>
    </form>
  );
}

type VmFieldProps = { readonly vms: readonly { readonly value: string; readonly label: string }[]; readonly vm: number | undefined };

export function VmField({ vms, vm }: VmFieldProps) {
  const options = [{ value: "", label: "any" }, { value: "0", label: "host" }, ...vms];
  return <SelectField label="VM" value={vm === undefined ? "" : String(vm)} options={options} onChange={(value) => change("vm", value)} />;
}

type ParameterProps<Value> = {
  readonly label: string;
  readonly name: (typeof FILTER_PARAMETERS)[number];
  readonly value: Value | undefined;
  readonly isDisabled?: boolean;
};

function NumberParameter({ label, name, value, isDisabled = false }: ParameterProps<number>) {
  return (
    <Field label={label}>
      <input
        type="number"
        min={1}
        step={1}
        disabled={isDisabled}
        value={value === undefined ? "" : String(value)}
        onInput={(event) => change(name, event.currentTarget.value)}
      />
    </Field>
  );
}

function TimeParameter({ label, name, value }: ParameterProps<string>) {
  return (
    <Field label={label}>
      <input
        inputMode="decimal"
        defaultValue={value ?? ""}
        placeholder="0.42"
        onChange={(event) => change(name, nsOf(event.currentTarget.value) === undefined ? "" : event.currentTarget.value)}
      />
    </Field>
  );
}

function change(name: (typeof FILTER_PARAMETERS)[number], value: string): void {
  setParameters({ [name]: value === "" ? undefined : value });
}

function clear(): void {
  setParameters(Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, undefined])), { step: true });
}
