import { useState } from "preact/hooks";
import { visit } from "../address/address.ts";
import { Field, SelectField } from "../design/field.tsx";
import { whyHref } from "../run/run-hrefs.ts";
import type { RunHead } from "../run/run-head.ts";
import type { Selection } from "../run/selection.ts";
import { vmWords } from "../run/vm-words.ts";

const KINDS = [
  { value: "real", label: "real page (guest-physical)" },
  { value: "frame", label: "frame (host-physical)" },
  { value: "virtual", label: "virtual page of a process" },
] as const;

type PageFormProps = { readonly run: RunHead; readonly at: number; readonly selection: Selection | undefined };

/** Names a page by its numbers. */
export function PageForm({ run, at, selection }: PageFormProps) {
  const [kind, setKind] = useState<Selection["kind"]>(selection?.kind ?? "real");
  const [vm, setVm] = useState(selection !== undefined && "vm" in selection ? selection.vm : 1);
  const [process, setProcess] = useState(selection?.kind === "virtual" ? selection.process : 1);
  const [number, setNumber] = useState(selection === undefined ? "" : String(numberOf(selection)));
  const submit = (event: Event): void => {
    event.preventDefault();
    if (number !== "") visit(whyHref(run.id, chosen({ kind, vm, process, number: Number(number) }), { at }));
  };
  const vms = run.scenario.vmNames.map((_, index) => ({ value: String(index + 1), label: vmWords(run, index + 1) }));
  return (
    <form class="why-form" onSubmit={submit}>
      <SelectField label="Kind" value={kind} options={KINDS} onChange={(value) => setKind(value as Selection["kind"])} />
      {kind === "frame" ? null : <SelectField label="VM" value={String(vm)} options={vms} onChange={(value) => setVm(Number(value))} />}
      {kind === "virtual" ? (
        <NumberField label="Process" from={1} value={String(process)} onInput={(value) => setProcess(Number(value))} />
      ) : null}
      <NumberField label="Number" from={0} value={number} onInput={setNumber} />
      <button class="button button-primary" type="submit">
        Show its life
      </button>
    </form>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly from: number;
  readonly value: string;
  readonly onInput: (value: string) => void;
};

function NumberField({ label, from, value, onInput }: NumberFieldProps) {
  return (
    <Field label={label}>
      <input type="number" min={from} step={1} required value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </Field>
  );
}

function numberOf(selection: Selection): number {
  if (selection.kind === "frame") return selection.physicalPage;
  return selection.kind === "real" ? selection.realPage : selection.virtualPage;
}

type Chosen = { readonly kind: Selection["kind"]; readonly vm: number; readonly process: number; readonly number: number };

function chosen({ kind, vm, process, number }: Chosen): Selection {
  if (kind === "frame") return { kind, physicalPage: number };
  return kind === "real" ? { kind, vm, realPage: number } : { kind, vm, process, virtualPage: number };
}
