import { useState } from "preact/hooks";
import { setParameters } from "../address/address.ts";
import { Field, SelectField } from "../design/field.tsx";
import { count } from "../format/numbers.ts";
import type { RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { addressText, parseAddress } from "./address-parts.ts";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";

type AddressFormProps = { readonly run: RunHead; readonly moment: MomentOfRun; readonly asked: AskedPage };

/** Names the address: VM, process, and a page or an address in hexadecimal. */
export function AddressForm({ run, moment, asked }: AddressFormProps) {
  const { vms } = moment.at;
  const processes = vms.find(({ vm }) => vm === asked.vm)?.processes ?? [];
  return (
    <form class="translate-form" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="VM"
        value={String(asked.vm)}
        options={vms.map(({ vm }) => ({ value: String(vm), label: vmWords(run, vm) }))}
        onChange={(vm) => ask({ vm, process: undefined, vpage: "0", offset: undefined })}
      />
      <SelectField
        label="Process"
        value={String(asked.process)}
        options={processes.map(({ process, name, virtualPages }) => ({
          value: String(process),
          label: `${process}: ${name} (${virtualPages === 1 ? "1 page" : `${count(virtualPages)} pages`})`,
        }))}
        onChange={(process) => ask({ vm: String(asked.vm), process, vpage: "0", offset: undefined })}
      />
      <AddressField key={`${asked.vm} ${asked.process} ${asked.virtualPage} ${asked.offset}`} asked={asked} />
    </form>
  );
}

function AddressField({ asked }: { readonly asked: AskedPage }) {
  const [problem, setProblem] = useState<string>();
  const shown = asked.offset === 0 ? String(asked.virtualPage) : addressText({ page: asked.virtualPage, offset: asked.offset });
  const change = (text: string): void => {
    const address = parseAddress(text);
    if (address === undefined) return setProblem("Write a page such as 24, or an address such as 0x18a40.");
    setProblem(undefined);
    ask({
      vm: String(asked.vm),
      process: String(asked.process),
      vpage: String(address.page),
      offset: address.offset === 0 ? undefined : String(address.offset),
    });
  };
  return (
    <Field label="Virtual page, or address (0x...)" problem={problem}>
      <input defaultValue={shown} aria-invalid={problem !== undefined} onChange={(event) => change(event.currentTarget.value)} />
    </Field>
  );
}

/** Another address begins anew: nothing of its way is shown yet if the reader is to predict it. */
function ask(changes: Readonly<Record<string, string | undefined>>): void {
  setParameters({ page: undefined, step: undefined, ...changes }, { step: true });
}
