import { ByteReader } from "./byte-reader.ts";
import type { StateTables } from "./states.ts";

export type SpaceHeader = {
  readonly kind: "host" | "vm";
  readonly vm: number | null;
  readonly name: string | null;
  readonly pages: number;
};

/** What differs from the map at `base`, or from one of cells that are all 0. */
export type MapAnswer = {
  readonly kind: "map";
  readonly base: number | null;
  readonly position: number;
  readonly timeNs: number;
  readonly spaces: readonly SpaceHeader[];
  /** Of a map that was asked for whole. */
  readonly states?: StateTables;
};

export type StepsAnswer = {
  readonly kind: "steps" | "leaps";
  /** Of each leap; a step is one event. */
  readonly events?: number;
  readonly from: number;
  readonly fromTimeNs: number;
  readonly to: number;
  /** Those at `to`; `since` is the first position of these at which it is there. */
  readonly spaces: readonly (SpaceHeader & { readonly since: number })[];
};

/** Applies an exclusive-or to the cells of pages that follow each other. */
export type ApplyRun = (space: number, first: number, pages: number, xor: number) => void;

/** What a number of an age means: from `minNs` (included) to `maxNs` (not) since the last event about the page, or its last access; null: no such bound. */
export type AgeTerm = { readonly minNs: number | null; readonly maxNs: number | null; readonly description: string };

export type AgesAnswer = {
  readonly kind: "ages";
  readonly position: number;
  readonly timeNs: number;
  readonly from: number;
  readonly spaces: readonly SpaceHeader[];
  readonly ages: readonly AgeTerm[];
};

/** Of each page twice the number of its idle age, and 1 more if it is dirty. */
export type ActivityAnswer = Omit<AgesAnswer, "kind" | "from"> & { readonly kind: "activity" };

type Reading<Header> = { readonly header: Header; readonly eachRun: (apply: ApplyRun) => void };

/** The header of a map or difference, and its runs one after the other. */
export function readMap(bytes: Uint8Array): Reading<MapAnswer> {
  return readRunsOf<MapAnswer>(bytes);
}

/** Likewise of whatever has runs for each of its spaces. */
export function readRunsOf<Header extends { readonly spaces: readonly SpaceHeader[] }>(bytes: Uint8Array): Reading<Header> {
  const reader = new ByteReader(bytes);
  const header = reader.header() as Header;
  return { header, eachRun: (apply) => header.spaces.forEach((_, space) => readRuns(reader, space, apply)) };
}

function readRuns(reader: ByteReader, space: number, apply: ApplyRun): void {
  let page = 0;
  for (let left = reader.number(); left > 0; left--) {
    const gapAndKind = reader.number();
    const xor = reader.number();
    const pages = gapAndKind % 2 === 0 ? 1 : reader.number() + 2;
    page += Math.floor(gapAndKind / 2);
    apply(space, page, pages, xor);
    page += pages;
  }
}

/** The header of a window of steps or leaps, and each of these with its time and runs. */
export function readSteps(bytes: Uint8Array): {
  readonly header: StepsAnswer;
  readonly eachStep: (apply: ApplyRun, endStep: (timeNs: number) => void) => void;
} {
  const reader = new ByteReader(bytes);
  const header = reader.header() as StepsAnswer;
  const eachStep = (apply: ApplyRun, endStep: (timeNs: number) => void): void => {
    let timeNs = header.fromTimeNs;
    for (let position = header.from; position < header.to; position += header.events ?? 1) {
      timeNs += reader.number();
      for (let spaces = reader.number(); spaces > 0; spaces--) readRuns(reader, reader.number(), apply);
      endStep(timeNs);
    }
  };
  return { header, eachStep };
}
