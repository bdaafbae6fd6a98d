import { vmColour } from "./vm-words.ts";

/** A VM's colour beside its name. */
export function VmSwatch({ vm }: { readonly vm: number }) {
  return <span class="swatch" style={{ background: vmColour(vm) }} aria-hidden="true" />;
}
