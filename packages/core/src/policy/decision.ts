import type { RealPage, VmId } from "../ids/index.ts";

/** A figure that a decision rests on; the unit comes last in its name. Recorded to a millionth. */
export type Figures = Readonly<Record<string, number>>;

type Reasoned = {
  readonly vm: VmId;
  /** Why, in a few words; equal reasons should be equal texts, numbers belong into `figures`. */
  readonly reason: string;
  readonly figures?: Figures;
};

/** Asks the VM's balloon driver for this many pages in all (not more pages: the new size). Needs `balloon`. */
export type SetBalloonTarget = Reasoned & { readonly kind: "SetBalloonTarget"; readonly pages: number };

/**
 * Takes pages of a VM now. Needs `steal`; order `idle` also needs `idleScan`.
 * Either a count with an order (`random`: uniformly among resident pages; `idle`: only pages not accessed since the
 * last scan, in the order of real pages from where the last one stopped), or the very pages.
 */
export type StealPages = Reasoned & {
  readonly kind: "StealPages";
  readonly take:
    | { readonly count: number; readonly order: "random" | "idle" }
    | { readonly realPages: readonly RealPage[] };
};

export type Decision = SetBalloonTarget | StealPages;
