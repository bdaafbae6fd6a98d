import type { RealPage } from "../../../ids/index.ts";

/** A private page as the scanner finds it. */
export type ScannedPage = {
  readonly vm: number;
  readonly real: RealPage;
  readonly frame: number;
  readonly content: number;
};

/**
 * What a scanner remembers of frames that are not shared: which of them held a content when it was last looked at. It
 * may hold something else by now, or be another page's: it must be checked again before use.
 */
export type Candidates = {
  /** Another frame that held what this page holds, or NO_PAGE: then the page may be remembered for those to come. */
  meet(page: ScannedPage): number;
  /** Puts a frame in the place of whichever held the content. */
  remember(content: number, frame: number): void;
  forget(content: number): void;
  /** Every page has been looked at. */
  endPass(): void;
};
