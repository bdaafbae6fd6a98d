import type { MemoryStatePreset } from "../policy/index.ts";

/**
 * Where memory states begin, as fractions of the host's frames. A state begins below its own mark. With `high` it is left
 * for the next higher state only when free memory exceeds the mark of that one by the margin, as ESX does; without, when it
 * exceeds its own.
 */
export type MemoryStateFractions = {
  readonly high?: number;
  readonly clear?: number;
  readonly soft: number;
  readonly hard: number;
  readonly low: number;
};

/** Free frames, not whole pages, at which memory states change. */
export type MemoryMarks = {
  /** Reclamation aims at this many; the state high is entered again above it. */
  readonly high: number;
  /** Undefined: there is no such state. */
  readonly clear: number | undefined;
  readonly soft: number;
  readonly hard: number;
  readonly low: number;
  /** Whether a state is left at the mark of the next higher one, else at its own. */
  readonly areLeftAtNext: boolean;
};

/** The marks of a host, by its number of frames. */
export function memoryMarks(states: MemoryStatePreset | MemoryStateFractions, framePages: number): MemoryMarks {
  const parts = typeof states === "string" ? PRESETS[states] : states;
  const whole = states === "vsphere5" || states === "vsphere6" ? minFreePages(framePages) : framePages;
  const { high = parts.soft, clear, soft, hard, low } = parts;
  return {
    high: high * whole,
    clear: clear === undefined ? undefined : clear * whole,
    soft: soft * whole,
    hard: hard * whole,
    low: low * whole,
    areLeftAtNext: parts.high !== undefined,
  };
}

/**
 * Of all frames: ESX 2 (C. A. Waldspurger, OSDI 2002, section 6.3). Of minFree: vSphere 5 and 6, as VMware's engineers
 * published them (D. Epping, "What happens at which vSphere memory state?", 2015). Below 400 % vSphere 6
 * breaks large pages up when the sharing scanner next comes to them: that is no state of its own, but the way back up leads there.
 */
const PRESETS: Readonly<Record<MemoryStatePreset, MemoryStateFractions>> = {
  esx2: { high: 0.06, soft: 0.04, hard: 0.02, low: 0.01 },
  vsphere5: { high: 1, soft: 0.64, hard: 0.32, low: 0.16 },
  vsphere6: { high: 4, clear: 1, soft: 0.64, hard: 0.32, low: 0.16 },
};

const PAGES_PER_GIB = 262_144;

/** The sliding scale of vSphere 5 and 6: less of each further part of memory is kept free. */
const SCALE: readonly { readonly upToPages: number; readonly fraction: number }[] = [
  { upToPages: 4 * PAGES_PER_GIB, fraction: 0.06 },
  { upToPages: 12 * PAGES_PER_GIB, fraction: 0.04 },
  { upToPages: 28 * PAGES_PER_GIB, fraction: 0.02 },
  { upToPages: Number.POSITIVE_INFINITY, fraction: 0.01 },
];

/** vSphere's minFree of a host, by its number of frames; not whole pages. */
export function minFreePages(framePages: number): number {
  let from = 0;
  let minFree = 0;
  for (const { upToPages, fraction } of SCALE) {
    minFree += fraction * Math.max(0, Math.min(framePages, upToPages) - from);
    from = upToPages;
  }
  return minFree;
}
