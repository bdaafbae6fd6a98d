import type { RunHead } from "../run/run-head.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";

const UNOWNED = [
  ["free", "free"],
  ["hypervisor", "hypervisor"],
  ["shared", "shared"],
] as const;

/** Whose frames the pictures show, by colour. */
export function OwnersLegend({ run: { scenario } }: { readonly run: RunHead }) {
  return (
    <ul class="side-legend" aria-label="Owners of frames">
      {UNOWNED.map(([kind, name]) => (
        <li key={kind}>
          <span class="swatch" style={{ background: `var(--state-${kind})` }} aria-hidden="true" /> {name}
        </li>
      ))}
      {scenario.vmNames.map((name, index) => (
        <li key={name}>
          <VmSwatch vm={index + 1} /> {name}
        </li>
      ))}
    </ul>
  );
}
