import { type MapSpace, type StateTables, statesOf } from "../../maps/index.ts";
import { type KindName, KINDS, kindOf } from "./kinds.ts";

export type ColourMode = "state" | "owner";

export type LegendEntry = {
  /** As the address writes it. */
  readonly key: string;
  readonly label: string;
  readonly letter: string;
  /** The token of its colour. */
  readonly token: string;
};

/** Which entry of the legend each page belongs to, by its state or, of frames with an owner, by the owner. */
export type SpaceEntries = {
  readonly byState: Uint16Array;
  readonly byOwner: Uint16Array | null;
};

export type Colouring = {
  readonly mode: ColourMode;
  readonly entries: readonly LegendEntry[];
  readonly entriesOf: (space: Pick<MapSpace, "kind" | "vm">) => SpaceEntries;
};

/** VMs are told apart by so many colours: tokens `--vm-0` on. */
export const VM_COLOURS = 8;

export function vmToken(vm: number): string {
  return `--vm-${vm % VM_COLOURS}`;
}

/** How pages are coloured; `names` are those of the VMs, by number from 1. */
export function colouringOf(mode: ColourMode, tables: StateTables, names: readonly string[]): Colouring {
  return mode === "state" ? byState(tables) : byOwner(tables, names);
}

function byState(tables: StateTables): Colouring {
  const kinds = Object.keys(KINDS) as KindName[];
  const frames = codesOf("host", tables, (kind) => kinds.indexOf(kind));
  const realPages = codesOf("vm", tables, (kind) => kinds.indexOf(kind));
  const occurring = new Set([...frames, ...realPages]);
  return {
    mode: "state",
    entries: kinds.map((kind, index) => kindEntry(kind, occurring.has(index))),
    entriesOf: ({ kind }) => ({ byState: kind === "host" ? frames : realPages, byOwner: null }),
  };
}

function kindEntry(kind: KindName, _occurs: boolean): LegendEntry {
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
    entries: [...UNOWNED.map((kind) => kindEntry(kind, true)), ...vmEntries],
    entriesOf: ({ vm }) => (vm === null ? { byState: frames, byOwner: owners } : { byState: byVm[vm - 1] ?? realPages(vm), byOwner: null }),
  };
}

function codesOf(space: "host" | "vm", tables: StateTables, entryOf: (kind: KindName) => number): Uint16Array {
  const states = statesOf(space === "host" ? tables.frames : tables.realPages);
  return Uint16Array.from(states, (state) => entryOf(kindOf(space, state)));
}

/** Pages of a space by entry of the legend. */
export function countEntries({ states, owners }: MapSpace, entries: SpaceEntries, length: number): Uint32Array {
  const counts = new Uint32Array(length);
  const { byState: ofStates, byOwner: ofOwners } = entries;
  if (owners === null || ofOwners === null) {
    const byCode = new Uint32Array(256);
    for (let page = 0; page < states.length; page++) byCode[states[page]!]!++;
    for (const [code, entry] of ofStates.entries()) counts[entry]! += byCode[code]!;
    return counts;
  }
  for (let page = 0; page < states.length; page++) {
    const owner = owners[page]!;
    counts[owner === 0 ? ofStates[states[page]!]! : ofOwners[owner]!]!++;
  }
  return counts;
}
