import type { MemoryStateName, MemoryStatePreset, StealPlace } from "@ballast/core/policy";

/** What is paged out of VMs above their targets: nothing, what no balloon can get, or all. */
export type Paging = "nothing" | "whatNoBalloonGets" | "all";

/**
 * How pages of equal content are looked for: in the background; in the background, breaking large pages up while fewer
 * frames than the high mark are free; or all immediately when the state is entered, then in the background, large pages included.
 */
export type Scanning = "background" | "backgroundBelowHigh" | "atOnce";

export type MemoryActions = {
  readonly sharing: Scanning;
  /** Whether balloons may grow; they may shrink in any state. */
  readonly balloons: boolean;
  readonly pages: Paging;
  /** Where pages go that are paged out: a page that compresses badly goes to the swap in any case. */
  readonly into: StealPlace;
  /** Whether VMs above their targets are kept from running. */
  readonly suspends: boolean;
};

type Actions = Readonly<Record<MemoryStateName, MemoryActions>>;

const REST: MemoryActions = { sharing: "background", balloons: false, pages: "nothing", into: "swap", suspends: false };

/**
 * C. A. Waldspurger, OSDI 2002, section 6.3; there is no state clear. Balloons continue to grow while pages are paged out: the
 * paper computes targets in all states, and what is paged out comes back when it is touched, but what a balloon holds does not.
 */
const ESX_2: Actions = {
  high: REST,
  clear: REST,
  soft: { ...REST, balloons: true, pages: "whatNoBalloonGets" },
  hard: { ...REST, balloons: true, pages: "all" },
  low: { ...REST, balloons: true, pages: "all", suspends: true },
};

/**
 * VMware, Understanding Memory Resource Management in ESX 4.1 and in vSphere 5 (performance studies), on when memory is
 * reclaimed: ballooning in soft; in hard swapping besides, each page compressed before if it can be; in low VMs above their
 * targets are suspended, too.
 */
const VSPHERE_5: Actions = {
  high: REST,
  clear: REST,
  soft: { ...ESX_2.soft, into: "compression" },
  hard: { ...ESX_2.hard, into: "compression" },
  low: { ...ESX_2.low, into: "compression" },
};

/**
 * D. Epping, "What happens at which vSphere memory state?", Yellow Bricks, 2015: high: large pages are broken up below 400 %
 * of minFree, for the scanner's next pass; clear: broken up, and shared immediately; soft: sharing and ballooning; hard: sharing,
 * compression and swapping, while ballooning stops; low: compression, swapping and suspension.
 */
const VSPHERE_6: Actions = {
  high: { ...REST, sharing: "backgroundBelowHigh" },
  clear: { ...REST, sharing: "atOnce" },
  soft: { ...VSPHERE_5.soft, sharing: "atOnce" },
  hard: { ...VSPHERE_5.hard, sharing: "atOnce", balloons: false },
  low: { ...VSPHERE_5.low, balloons: false },
};

const OF_PRESET: Readonly<Record<MemoryStatePreset, Actions>> = { esx2: ESX_2, vsphere5: VSPHERE_5, vsphere6: VSPHERE_6 };

/** What is done in a memory state. A host with marks of its own does as ESX 2, and in clear nothing. */
export function actionsIn(state: MemoryStateName, preset: MemoryStatePreset | null): MemoryActions {
  return OF_PRESET[preset === null ? "esx2" : preset][state];
}
