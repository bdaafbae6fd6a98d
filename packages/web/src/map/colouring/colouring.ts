import { duration } from "../../format/numbers.ts";
import { type AgeTerm, type MapSpace, type StateTables, statesOf } from "../../maps/index.ts";
import { STATE_CODES } from "../moment/space-counts.ts";
import { type KindName, KINDS, kindOf } from "./kinds.ts";

/** `idle` and `dirty` need the run to be executed again; `age` is the time since a page's last event. */
export const COLOUR_MODES = ["owner", "state", "idle", "dirty", "age"] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

/** Those that are not of the map, and come at rest. */
export type LayerMode = Exclude<ColourMode, "owner" | "state">;

export function isLayer(mode: ColourMode): mode is LayerMode {
  return mode !== "owner" && mode !== "state";
}

export type LegendEntry = {
  /** As the address writes it. */
  readonly key: string;
  readonly label: string;
  readonly letter: string;
  /** The token of its colour. */
  readonly token: string;
  /** So much of it on the ground; all of it if not given. */
  readonly part?: number;
  readonly description?: string;
};

/** Which entry of the legend each page belongs to, by its state or, of frames with an owner, by the owner. */
export type SpaceEntries = {
  readonly byState: Uint16Array;
  readonly byOwner: Uint16Array | null;
};

export type Colouring = {
  readonly mode: ColourMode;
  readonly entries: readonly LegendEntry[];
  readonly entriesOf: (space: Pick<MapSpace, "vm">) => SpaceEntries;
};

/** VMs are told apart by so many colours: tokens `--vm-0` on. */
export const VM_COLOURS = 8;

export function vmToken(vm: number): string {
  return `--vm-${vm % VM_COLOURS}`;
}

/** How pages are coloured; `names` are those of the VMs, by number from 1. */
export function colouringOf(mode: "state" | "owner", tables: StateTables, names: readonly string[]): Colouring {
  return mode === "state" ? byState(tables) : byOwner(tables, names);
}

/** By the time since the last event about each page: the shorter, the stronger. */
export function colouringByAge(terms: readonly AgeTerm[]): Colouring {
  const none: LegendEntry = { key: "age-0", label: "no event lately", letter: "", token: "--line-strong", part: NO_AGE_PART };
  return ofCells("age", [{ ...none, description: terms[0]?.description ?? "" }, ...ramp("age", terms, 1)]);
}

/** By the time since a process accessed each page last. */
export function colouringByIdleAge(terms: readonly AgeTerm[]): Colouring {
  const [none, never] = terms;
  return ofCells("idle", [
    { key: "idle-0", label: "holds no page", letter: "", token: "--state-free-zeroed", description: none?.description ?? "" },
    { key: "idle-1", label: "never accessed", letter: "N", token: "--state-kernel", description: never?.description ?? "" },
    ...ramp("idle", terms, 2),
  ]);
}

const HOLDS = "of the real page that a frame holds, or one of several";

/** By the guests' dirty bits. */
export const COLOURING_BY_DIRTY: Colouring = ofCells("dirty", [
  {
    key: "no-page",
    label: "holds no page",
    letter: "",
    token: "--state-none",
    description: "a frame without a real page: free, or the hypervisor's",
  },
  {
    key: "clean",
    label: "clean",
    letter: "",
    token: "--state-process",
    description: `not written to since it was loaded or written out; ${HOLDS}`,
  },
  {
    key: "dirty",
    label: "dirty",
    letter: "D",
    token: "--state-swap-cache",
    description: `its guest has written to it since it was loaded or written out; ${HOLDS}`,
  },
]);

/** Pages whose cells are numbers of entries. */
function ofCells(mode: LayerMode, entries: readonly LegendEntry[]): Colouring {
  const numbers = Uint16Array.from(entries, (_, number) => number);
  return { mode, entries, entriesOf: () => ({ byState: numbers, byOwner: null }) };
}

/** The terms from one on, of which the first is the strongest. */
function ramp(mode: "age" | "idle", terms: readonly AgeTerm[], first: number): LegendEntry[] {
  return terms.slice(first).map(({ minNs, maxNs, description }, index, { length }) => {
    const label = maxNs === null ? `${duration(minNs ?? 0)} or more` : `< ${duration(maxNs)}`;
    const part = 1 - ((1 - OLDEST_PART) * index) / (length - 1);
    return { key: `${mode}-${first + index}`, label, letter: "", token: "--accent", part, description };
  });
}

const OLDEST_PART = 0.16;
const NO_AGE_PART = 0.25;

function byState(tables: StateTables): Colouring {
  const kinds = Object.keys(KINDS) as KindName[];
  const frames = codesOf("host", tables, (kind) => kinds.indexOf(kind));
  const realPages = codesOf("vm", tables, (kind) => kinds.indexOf(kind));
  return {
    mode: "state",
    entries: kinds.map(kindEntry),
    entriesOf: ({ vm }) => ({ byState: vm === null ? frames : realPages, byOwner: null }),
  };
}

function kindEntry(kind: KindName): LegendEntry {
  return { key: kind, token: `--state-${kind}`, ...KINDS[kind] };
}

/** Frames that nobody owns have their state's colour; real pages have their VM's if they have a frame of their own. */
const UNOWNED = ["free-zeroed", "free", "hypervisor", "shared", "none"] as const satisfies readonly KindName[];

function byOwner(tables: StateTables, names: readonly string[]): Colouring {
  const vmEntries = names.map((label, index): LegendEntry => {
    const vm = index + 1;
    return { key: `vm-${vm}`, label, letter: String(vm), token: vmToken(vm) };
  });
  const entryOfVm = (vm: number): number => UNOWNED.length + vm - 1;
  const unowned = (kind: KindName): number => UNOWNED.findIndex((each) => each === kind);
  const frames = codesOf("host", tables, (kind) => Math.max(0, unowned(kind)));
  const owners = Uint16Array.from({ length: names.length + 1 }, (_, vm) => (vm === 0 ? 0 : entryOfVm(vm)));
  const realPages = (vm: number): Uint16Array => {
    const codes = codesOf("vm", tables, (kind) => (kind === "shared" ? unowned("shared") : unowned("none")));
    for (const { code, backing } of statesOf(tables.realPages)) {
      if (backing.name === "frame" || backing.name === "large") codes[code] = entryOfVm(vm);
    }
    return codes;
  };
  const byVm = names.map((_, index) => realPages(index + 1));
  return {
    mode: "owner",
    entries: [...UNOWNED.map(kindEntry), ...vmEntries],
    entriesOf: ({ vm }) => (vm === null ? { byState: frames, byOwner: owners } : { byState: byVm[vm - 1] ?? realPages(vm), byOwner: null }),
  };
}

function codesOf(space: "host" | "vm", tables: StateTables, entryOf: (kind: KindName) => number): Uint16Array {
  const states = statesOf(space === "host" ? tables.frames : tables.realPages);
  return Uint16Array.from(states, (state) => entryOf(kindOf(space, state)));
}

/** Pages by entry of the legend, of those by owner and state. */
export function countEntries(counts: Uint32Array, { byState: ofStates, byOwner: ofOwners }: SpaceEntries, length: number): Uint32Array {
  const sums = new Uint32Array(length);
  for (const [key, pages] of counts.entries()) {
    if (pages === 0) continue;
    const [owner, state] = [Math.floor(key / STATE_CODES), key % STATE_CODES];
    sums[owner === 0 || ofOwners === null ? ofStates[state]! : ofOwners[owner]!]! += pages;
  }
  return sums;
}
