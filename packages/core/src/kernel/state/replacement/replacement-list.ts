import type { RealPage } from "../../../ids/index.ts";

/** What a page holds: memory of a process, a page of a file mapped by one, or a page of a file in the page cache. */
export const PageKind = { Anonymous: 0, MappedFile: 1, CachedFile: 2 } as const;
export type PageKind = (typeof PageKind)[keyof typeof PageKind];

/** All that a replacement's future depends on, in its own form; fit for a snapshot. */
export type ReplacementState = { readonly [part: string]: unknown };

export type PageFilter = (page: RealPage) => boolean;

/** How a guest OS chooses the real page that must make room, among the pages its processes use. */
export type ReplacementList = {
  /**
   * Which accesses `onAccess` must be told: every one in their order; of each page the latest, in their order, whether or not others are told before it; all
   * those through the page cache; or none.
   */
  readonly notifiedAccesses: "every" | "latest" | "cached" | "none";
  /**
   * A page is in use from now on. `shadow` is what its last eviction left behind. Returns the refault distance if the
   * page counts as active immediately because of it, else NO_REFAULT.
   */
  onLoad(page: RealPage, kind: PageKind, shadow: number): number;
  onAccess(page: RealPage): void;
  /** The page is not in use any more. Returns what its virtual page shall remember of that: its shadow, or NO_SHADOW. */
  evicted(page: RealPage): number;
  /** The page is not in use any more because it is not needed. */
  freed(page: RealPage): void;
  /**
   * The next victim, still on the list, among the pages that may leave (null: all of them); NO_PAGE if there is none. May
   * clear accessed bits.
   */
  chooseVictim(mayLeave: PageFilter | null): RealPage;
  save(): ReplacementState;
  /** Takes over what `save` of the same replacement gave. */
  load(state: ReplacementState): void;
};
