import { NO_PAGE, type RealPage } from "../../../ids/index.ts";

/** The first of `pages` pages that fits, from page `from` on and around; NO_PAGE if none does. */
export function nextPage(from: number, pages: number, isFit: (page: RealPage) => boolean): RealPage {
  for (let step = 0; step < pages; step++) {
    const page = from + step < pages ? from + step : from + step - pages;
    if (isFit(page as RealPage)) return page as RealPage;
  }
  return NO_PAGE as RealPage;
}
