import { computed, type ReadonlySignal } from "@preact/signals";
import { parameter, setParameters } from "../address/address.ts";

const at = parameter("at");

/** The position in the address; undefined where it names none, which means the newest event. */
export const askedPosition: ReadonlySignal<number | undefined> = computed(() => {
  const text = at.value;
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
});

/** The position that is shown of a run whose events reach up to `head`. */
export function shownPosition(head: string | number): number {
  return Math.min(askedPosition.value ?? Number(head), Number(head));
}

/** Shows the run after the event at a position. `step`: the back button leads back. */
export function showPosition(position: number, options: { readonly step?: boolean } = {}): void {
  setParameters({ at: String(position) }, options);
}
