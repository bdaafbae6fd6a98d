/** All that a victim order's future depends on, fit for a snapshot. */
export type VictimOrderState = { readonly [part: string]: unknown };

/**
 * The part of a replacement algorithm that the simulation of a guest and `ballast mrc` share: which of the pages that are in leaves
 * next. Pages are numbered from 0, densely: real pages of a guest, or pages of a trace.
 */
export type VictimOrder = {
  /** Which hits it must be told: all, or of each page at least one between two searches for a victim; or none. */
  readonly hits: "all" | "some" | "none";
  /** A page comes in, by a reference to it, which is no hit. */
  load(page: number): void;
  /** A further reference to a page that is in. */
  hit(page: number): void;
  /** The page that is to leave, still in; NO_PAGE if no page is in that may leave (null: all may). */
  victim(mayLeave: ((page: number) => boolean) | null): number;
  /** A page leaves: the victim, or another that is not needed any more. */
  remove(page: number): void;
  save(): VictimOrderState;
  /** Takes over what `save` of an order of the same algorithm gave. */
  restore(state: VictimOrderState): void;
};
