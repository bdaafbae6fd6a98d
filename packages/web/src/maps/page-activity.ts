import { type ActivityAnswer, type AgeTerm, readRunsOf, type SpaceHeader } from "./answers.ts";

/** How long no process has accessed each page, and which are dirty. */
export type PageActivity = {
  readonly position: number;
  readonly timeNs: number;
  /** By number of an idle age. The first two are of frames that hold no page, and of pages that were never accessed. */
  readonly terms: readonly AgeTerm[];
  /** In the order of a map's spaces. */
  readonly spaces: readonly (SpaceHeader & {
    readonly ages: Uint8Array;
    /** By page: 0 a frame that holds no page, 1 clean, 2 dirty. */
    readonly dirty: Uint8Array;
  })[];
};

export function readActivity(bytes: Uint8Array): PageActivity {
  const { header, eachRun } = readRunsOf<ActivityAnswer>(bytes);
  const spaces = header.spaces.map((space) => ({ ...space, ages: new Uint8Array(space.pages), dirty: new Uint8Array(space.pages) }));
  eachRun((index, first, pages, cell) => {
    const { ages, dirty } = spaces[index]!;
    ages.fill(cell >> 1, first, first + pages);
    dirty.fill(1 + (cell & 1), first, first + pages);
  });
  const { position, timeNs, ages: terms } = header;
  return { position, timeNs, terms, spaces };
}
