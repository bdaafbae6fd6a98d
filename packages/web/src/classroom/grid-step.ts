import type { GridsQuery } from "./grid.generated.ts";

export type Grid = GridsQuery["replacementGrid"][number];
export type GridStep = Grid["steps"][number];
