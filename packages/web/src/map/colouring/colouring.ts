import { duration } from "../../format/numbers.ts";
import { type AgeTerm, type MapSpace, type StateTables, statesOf } from "../../maps/index.ts";
import { STATE_CODES } from "../moment/space-counts.ts";
import { type KindName, KINDS, kindOf } from "./kinds.ts";

export const COLOUR_MODES = ["owner", "state", "age"] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

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
  const ages = Uint16Array.from(terms, (_, age) => age);
  return {
    mode: "age",
    entries: terms.map(({ minNs, maxNs, description }, age): LegendEntry => {
      const label = minNs === null ? "no event lately" : maxNs === null ? `${duration(minNs)} or more` : `< ${duration(maxNs)}`;
      const part = age === 0 ? NO_AGE_PART : 1 - ((1 - OLDEST_PART) * (age - 1)) / (terms.length - 2);
      return { key: `age-${age}`, label, letter: "", token: age === 0 ? "--line-strong" : "--accent", part, description };
    }),
    entriesOf: () => ({ byState: ages, byOwner: null }),
  };
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
