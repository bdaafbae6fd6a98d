import { type AgesAnswer, type AgeTerm, readRunsOf, type SpaceHeader } from "./answers.ts";

/** The time since the last event of every page: not how long it has been idle, which no event tells. */
export type PageAges = {
  readonly position: number;
  readonly timeNs: number;
  /** First position of the events that were looked at. */
  readonly from: number;
  /** By number; 0: none of these events is about the page. */
  readonly terms: readonly AgeTerm[];
  /** In the order of a map's spaces. */
  readonly spaces: readonly (SpaceHeader & { readonly ages: Uint8Array })[];
};

export function readAges(bytes: Uint8Array): PageAges {
  const { header, eachRun } = readRunsOf<AgesAnswer>(bytes);
  const spaces = header.spaces.map((space) => Object.assign({ ages: new Uint8Array(space.pages) }, space));
  eachRun((space, first, pages, age) => spaces[space]!.ages.fill(age, first, first + pages));
  const { position, timeNs, from, ages: terms } = header;
  return { position, timeNs, from, terms, spaces };
}
