import { Field, SelectField } from "../design/field.tsx";
import { changeCurves } from "./curve-state.ts";

type Scenario = { readonly name: string; readonly json: unknown };
type VmSize = { readonly label: string; readonly pages: number };

/** Scenarios with more kinds of VMs than that list their first. */
const MAX_VMS = 4;

/** The size of a VM that is marked in the chart: typed, or that of a scenario's VM. */
export function SizeField({ scenarios, size }: { readonly scenarios: readonly Scenario[]; readonly size: number | undefined }) {
  const sizes = scenarios.flatMap(vmSizes);
  return (
    <>
      <Field label="Size of a VM to mark (pages)">
        <input
          type="number"
          min="1"
          step="1"
          value={size ?? ""}
          onInput={({ currentTarget: { value } }) => changeCurves({ size: value === "" ? undefined : Number(value) })}
        />
      </Field>
      <SelectField
        label="... or that of a scenario's VM"
        value={sizes.find(({ pages }) => pages === size)?.label ?? ""}
        options={[{ value: "", label: "none" }, ...sizes.map(({ label }) => ({ value: label, label }))]}
        onChange={(label) => changeCurves({ size: sizes.find((each) => each.label === label)?.pages })}
      />
    </>
  );
}

function vmSizes({ name, json }: Scenario): VmSize[] {
  const { vms = [] } = json as { readonly vms?: readonly { readonly name?: string; readonly configuredPages?: number }[] };
  return vms
    .slice(0, MAX_VMS)
    .flatMap(({ name: vm, configuredPages: pages }) => (pages === undefined ? [] : [{ label: `${name}, ${vm ?? "vm"}: ${pages}`, pages }]));
}
