import type { PageActivity, PageAges } from "../../maps/index.ts";
import { COLOURING_BY_DIRTY, type Colouring, colouringByAge, colouringByIdleAge, type LayerMode } from "./colouring.ts";

/** What is drawn instead of the states of pages: of the moment that was rested at last. */
export type PageLayer = {
  readonly position: number;
  readonly colouring: Colouring;
  /** By space, and page: the number of its entry in the legend. */
  readonly cells: readonly Uint8Array[];
};

/** Undefined until what it is made of has come. */
export function layerOf(mode: LayerMode, ages: PageAges | undefined, activity: PageActivity | undefined): PageLayer | undefined {
  if (mode === "age") {
    if (ages === undefined) return undefined;
    return { position: ages.position, colouring: colouringByAge(ages.terms), cells: ages.spaces.map((space) => space.ages) };
  }
  if (activity === undefined) return undefined;
  const { position, terms, spaces } = activity;
  if (mode === "dirty") return { position, colouring: COLOURING_BY_DIRTY, cells: spaces.map(({ dirty }) => dirty) };
  return { position, colouring: colouringByIdleAge(terms), cells: spaces.map((space) => space.ages) };
}
