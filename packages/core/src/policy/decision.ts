import type { RealPage, VmId } from "../ids/index.ts";

/** A figure that a decision rests on; the unit comes last in its name. Recorded to a millionth. */
export type Figures = Readonly<Record<string, number>>;

/** Where a stolen page goes: with `compression` into the compression cache if it compresses well enough, else to swap. */
export type StealPlace = "swap" | "compression";

type Reasoned = {
  /** Why, in a few words; equal reasons should be equal texts, numbers belong into `figures`. */
  readonly reason: string;
  readonly figures?: Figures;
};

type OfVm = Reasoned & { readonly vm: VmId };

/** Asks the VM's balloon driver for this many pages in all (not more pages: the new size). Needs `balloon`. */
export type SetBalloonTarget = OfVm & { readonly kind: "SetBalloonTarget"; readonly pages: number };

/**
 * The order in which a VM's resident pages are taken. Kernel pages of the guest are candidates like any other.
 * `random`: uniformly. `fifo`: the one longest resident first. `clock`: second chance by the hypervisor's accessed bit,
 * which the access that brings a page sets.
 * `idle` (needs `idleScan`): only pages not accessed since the last scan, in the order of real pages from where the last
 * search stopped. `age` (needs `pageAges`): the page left alone for the most scans first, the lower number among equals.
 * `lru` (needs `foresight`, for no hypervisor sees each access): exactly the one whose last access is longest ago.
 * `furthest` (needs `foresight`): the one whose next access by its VM is furthest in the future.
 */
export const STEAL_ORDERS = ["random", "fifo", "clock", "idle", "age", "lru", "furthest"] as const;
export type StealOrder = (typeof STEAL_ORDERS)[number];

/**
 * Orders that rest on what happened to every page since its VM was switched on. They are kept from then on, for policies
 * that declare them in `orders`; a decision that asks for another one is refused, for it would begin too late to be right.
 */
export const OBSERVED_ORDERS = ["fifo", "clock", "lru"] as const satisfies readonly StealOrder[];
export type ObservedOrder = (typeof OBSERVED_ORDERS)[number];

/**
 * Takes pages of a VM now. Needs `steal`, and what its order needs. Either a count with an order, or the very pages.
 * `minimumAgeScans`, of order `age`, up to 255: pages left alone for fewer scans stay. `into` (default `swap`): with `compression`
 * a page goes into the compression cache if it compresses well enough, else to swap all the same.
 */
export type StealPages = OfVm & {
  readonly kind: "StealPages";
  readonly take:
    | { readonly count: number; readonly order: StealOrder; readonly minimumAgeScans?: number }
    | { readonly realPages: readonly RealPage[] };
  readonly into?: StealPlace;
};

/**
 * The VM may hold this many frames at most, from now on; what it holds beyond is stolen immediately in the order given,
 * and for each page that it needs later it loses one of its own. Never above the VM's configured limit. Needs `memoryLimit`,
 * and what the order needs.
 */
export type SetMemoryLimit = OfVm & {
  readonly kind: "SetMemoryLimit";
  readonly pages: number;
  readonly order: StealOrder;
  readonly into?: StealPlace;
};

/** Keeps a VM from running until `ResumeVm`; its balloon driver still polls. Needs `suspend`. */
export type SuspendVm = OfVm & { readonly kind: "SuspendVm" };
export type ResumeVm = OfVm & { readonly kind: "ResumeVm" };

/**
 * How the scanner finds pages of equal content. `esx`: the first page of a content leaves a hint, the second is merged with
 * it if the hint still holds. `ksm`: a page is a candidate only if it has not changed since the pass before, and candidates
 * are forgotten at the end of each pass. Both know the shared frames there are, and share zeros at first sight.
 */
export const SHARING_STYLES = ["esx", "ksm"] as const;
export type SharingStyle = (typeof SHARING_STYLES)[number];

/**
 * Lets the sharing scanner look at this many resident pages, from where it stopped: VMs by number, each one's real pages by
 * number, and round again. At most at each page once. The policy chooses the `style` (default `esx`), which is that
 * of a hypervisor; under `esx` a page to be stolen is shared instead if it can be. Needs `pageSharing`.
 */
export type SharePages = Reasoned & {
  readonly kind: "SharePages";
  readonly pages: number;
  readonly style?: SharingStyle;
  /** Under `esx`: whether pages under large mappings are shared, too, which breaks these up; by default they only leave hints. */
  readonly breaksLargePages?: boolean;
};

/**
 * Lets a guest report blocks of 2^order free pages: a block free for at least `delayNs`, at most `blocksAtOnce` in one
 * report. Off with `isOn` false. Needs `freePageReporting`.
 */
export type SetFreePageReporting = OfVm & {
  readonly kind: "SetFreePageReporting";
  readonly isOn: boolean;
  readonly order: number;
  readonly delayNs: number;
  readonly blocksAtOnce: number;
};

export type Decision = SetBalloonTarget | StealPages | SetMemoryLimit | SuspendVm | ResumeVm | SharePages | SetFreePageReporting;
