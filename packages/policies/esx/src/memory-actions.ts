import type { MemoryStateName } from "@ballast/core/policy";

/** What is paged out of VMs above their targets: nothing, what no balloon can get, or all. */
export type Paging = "nothing" | "whatNoBalloonGets" | "all";

export type MemoryActions = {
  /** Whether balloons may grow; they may shrink in any state. */
  readonly balloons: boolean;
  readonly pages: Paging;
  /** Whether VMs above their targets are kept from running. */
  readonly blocks: boolean;
};

/**
 * What is done in each memory state: C. A. Waldspurger, OSDI 2002, section 6.3. In `clear`, of vSphere 6, only large pages
 * are broken up for sharing, and there are no large ones here. Balloons go on growing while pages are paged out: the paper
 * computes targets in all states, and what is paged out comes back when it is touched, but what a balloon holds does not.
 */
export const MEMORY_ACTIONS: Readonly<Record<MemoryStateName, MemoryActions>> = {
  high: { balloons: false, pages: "nothing", blocks: false },
  clear: { balloons: false, pages: "nothing", blocks: false },
  soft: { balloons: true, pages: "whatNoBalloonGets", blocks: false },
  hard: { balloons: true, pages: "all", blocks: false },
  low: { balloons: true, pages: "all", blocks: true },
};
