import { useState } from "preact/hooks";
import { count } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { lineTokens, MAX_VMS, VM_RULES, type VmRule } from "./vm-choice.ts";
import type { TimelineVms } from "./timeline-vms.ts";

const RULE_WORDS: Readonly<Record<VmRule, string>> = { largest: "the largest", faults: "those with the most faults" };

type ChooserProps = { readonly model: MapModel; readonly vms: TimelineVms };

/** Of a run with many VMs: whose curves are drawn, by which rule, and others to choose. */
export function VmChooser({ model, vms }: ChooserProps) {
  const shown = vms.vms.value;
  const tokens = lineTokens(shown);
  const choice = vms.choice.value;
  const all = model.allNames.value.length;
  return (
    <>
      <span class="map-curves-words">
        {typeof choice === "string"
          ? `Curves of ${MAX_VMS} of ${count(all)} VMs: ${RULE_WORDS[choice]}`
          : `Curves of ${shown.length} of ${count(all)} VMs: chosen ones`}
      </span>
      <ul class="map-curves-list" aria-label="VMs with curves">
        {shown.map((vm) => (
          <li key={vm}>
            <span class="swatch" style={{ background: `var(${tokens.get(vm)})` }} aria-hidden="true" /> {model.nameOf(vm)}
          </li>
        ))}
      </ul>
      <Menu model={model} vms={vms} />
    </>
  );
}

function Menu({ model, vms }: ChooserProps) {
  const [isOpen, setOpen] = useState(false);
  const choice = vms.choice.value;
  return (
    <details
      class="map-exports"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => (event.key === "Escape" ? setOpen(false) : undefined)}
    >
      <summary class="button map-small-button">Choose VMs</summary>
      {isOpen ? (
        <div class="map-menu map-curves-menu">
          {VM_RULES.map((rule) => (
            <label key={rule} class="switch">
              <input type="radio" name="vm-rule" checked={choice === rule} onChange={() => vms.choose(rule)} />
              {RULE_WORDS[rule]}
            </label>
          ))}
          <Names model={model} vms={vms} />
        </div>
      ) : null}
    </details>
  );
}

function Names({ model, vms }: ChooserProps) {
  const shown = vms.vms.value;
  const change = (vm: number): void => {
    const next = shown.includes(vm) ? shown.filter((each) => each !== vm) : [...shown, vm];
    vms.choose(next.length === 0 ? VM_RULES[0] : next);
  };
  return (
    <fieldset class="map-curves-names">
      <legend>These, {MAX_VMS} at most</legend>
      {model.allNames.value.map((_, place) => {
        const vm = place + 1;
        const isShown = shown.includes(vm);
        return (
          <label key={vm} class="switch">
            <input type="checkbox" checked={isShown} disabled={!isShown && shown.length >= MAX_VMS} onChange={() => change(vm)} />
            {model.nameOf(vm)}
          </label>
        );
      })}
    </fieldset>
  );
}
