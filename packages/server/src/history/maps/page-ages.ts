import type { EventBatch } from "@ballast/core/events";
import type { MachineOutline } from "@ballast/core/memory";
import { realPagesOf } from "../machine-bytes.ts";
import { physicalPages, realPages } from "../page-events.ts";
import type { SpaceInfo } from "./map-cursor.ts";

/** Least nanoseconds of each age but the first, which begins at 0: tenfold from 1 us to 100 s. */
const AGE_STARTS_NS = Array.from({ length: 9 }, (_, index) => 10 ** (index + 3));

/** What the number of an age means: from `minNs` (included) to `maxNs` (not); null: no such bound. */
export type AgeTerm = { readonly minNs: number | null; readonly maxNs: number | null; readonly description: string };

/** The terms of ages above 0. `since`: what they are counted from. */
function ageTerms(since: string): AgeTerm[] {
  return [0, ...AGE_STARTS_NS].map((minNs, index) => {
    const maxNs = AGE_STARTS_NS[index] ?? null;
    return {
      minNs,
      maxNs,
      description: `${inWords(minNs)} or more${maxNs === null ? "" : `, less than ${inWords(maxNs)}`} since ${since}`,
    };
  });
}

/** What the numbers of ages mean, from 0. */
export const PAGE_AGES: readonly AgeTerm[] = [
  { minNs: null, maxNs: null, description: "no event about it among those that were looked at" },
  ...ageTerms("the last event about it"),
];

/** What the numbers of idle ages mean, from 0: as those of `ageOf`, behind one more. */
export const IDLE_AGES: readonly AgeTerm[] = [
  { minNs: null, maxNs: null, description: "a frame without a real page: free, or the hypervisor's" },
  { minNs: null, maxNs: null, description: "not accessed by a process yet" },
  ...ageTerms("the last access by a process"),
];

function inWords(ns: number): string {
  if (ns >= 1e9) return `${ns / 1e9} s`;
  if (ns >= 1e6) return `${ns / 1e6} ms`;
  return ns >= 1e3 ? `${ns / 1e3} us` : `${ns} ns`;
}

/** The number of an age. */
export function ageOf(ns: number): number {
  let age = 1;
  while (age <= AGE_STARTS_NS.length && ns >= AGE_STARTS_NS[age - 1]!) age++;
  return age;
}

/** How long before a moment the last event was that names each frame and each real page, of some events that follow each other up to it. */
export class PageAges {
  readonly spaces: readonly SpaceInfo[];
  readonly #timeNs: number;
  readonly #cells: readonly Uint8Array[];

  constructor({ frames, vms, timeNs, texts }: MachineOutline) {
    const host = frames.count === 0 ? [] : [{ vm: 0, name: "", pages: frames.count, since: 0 }];
    const guests = vms.map((vm) => ({ vm: vm.vm, name: texts[vm.nameText] ?? "", pages: realPagesOf(vm), since: 0 }));
    this.spaces = [...host, ...guests];
    this.#cells = this.spaces.map(({ pages }) => new Uint8Array(pages));
    this.#timeNs = timeNs;
  }

  /** The ages of a space's pages. */
  cellsOf(space: number): Uint8Array {
    return this.#cells[space]!;
  }

  /** Events [from, end) of a batch, which follow those that were noted before. */
  note(batch: EventBatch, from: number, end: number): void {
    for (let i = from; i < end; i++) {
      const age = ageOf(this.#timeNs - batch.timesNs[i]!);
      // Pages below zero stand for none, those beyond the end for none of this moment: writing there does nothing.
      physicalPages.eachPage(batch, i, (page) => {
        this.#cells[0]![page] = age;
      });
      realPages.eachPage(batch, i, (page) => {
        const cells = this.#cells[batch.vms[i]!];
        if (cells !== undefined) cells[page] = age;
      });
    }
  }
}
