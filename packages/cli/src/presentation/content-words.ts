import type { ContentPlace } from "@ballast/server/api/translate";

/** Of a page without a frame there is content elsewhere, or none. */
export const CONTENT_WORDS: Readonly<Record<ContentPlace, string>> = {
  frame: "frame",
  hostSwap: "host swap",
  swapCache: "swap cache",
  compressionCache: "compression cache",
  guestDisk: "guest disk",
  nowhere: "nowhere",
};
