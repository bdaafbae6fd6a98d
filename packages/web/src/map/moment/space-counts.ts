import type { MapSpace } from "../../maps/index.ts";

/** States have numbers below this. */
export const STATE_CODES = 256;

/** How many pages of a space have each owner and state, kept as the space changes. */
export class SpaceCounts {
  #states = new Uint8Array();
  #owners: Uint16Array | undefined;
  #counts = new Uint32Array(STATE_CODES);

  /** Pages by `owner * STATE_CODES + state`; the owner is 0 where there is none. */
  get counts(): Uint32Array {
    return this.#counts;
  }

  /** Takes over a picture of the space: only what has changed since the one before, if that is listed. */
  update({ states, owners, changed }: MapSpace): void {
    if (changed === null || states.length !== this.#states.length) return this.#countAll(states, owners);
    for (const page of changed) {
      const owner = owners?.[page] ?? 0;
      this.#reserve(owner);
      this.#counts[this.#keyOf(page)]!--;
      this.#states[page] = states[page]!;
      if (this.#owners !== undefined) this.#owners[page] = owner;
      this.#counts[this.#keyOf(page)]!++;
    }
  }

  #countAll(states: Uint8Array, owners: Uint16Array | null): void {
    this.#states = states.slice();
    this.#owners = owners?.slice();
    this.#counts = countPages(states, owners);
  }

  #reserve(owner: number): void {
    if ((owner + 1) * STATE_CODES <= this.#counts.length) return;
    const counts = new Uint32Array((owner + 1) * STATE_CODES);
    counts.set(this.#counts);
    this.#counts = counts;
  }

  #keyOf(page: number): number {
    return (this.#owners?.[page] ?? 0) * STATE_CODES + this.#states[page]!;
  }
}

/** Pages by `owner * STATE_CODES + state`. */
export function countPages(states: Uint8Array, owners: Uint16Array | null): Uint32Array<ArrayBuffer> {
  let maxOwner = 0;
  if (owners !== null) for (let page = 0; page < owners.length; page++) if (owners[page]! > maxOwner) maxOwner = owners[page]!;
  const counts = new Uint32Array((maxOwner + 1) * STATE_CODES);
  if (owners === null) for (let page = 0; page < states.length; page++) counts[states[page]!]!++;
  else for (let page = 0; page < states.length; page++) counts[owners[page]! * STATE_CODES + states[page]!]!++;
  return counts;
}
