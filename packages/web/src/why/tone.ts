const LOSSES: ReadonlySet<string> = new Set([
  "PAGE_STOLEN",
  "FRAME_UNMAPPED",
  "SHARED_FRAME_UNMAPPED",
  "PAGE_SWAPPED_OUT",
  "PAGE_COMPRESSED",
  "PAGE_UNMAPPED_BY_MAPPER",
  "BALLOON_PAGE_PINNED",
  "PAGE_UNMAPPED",
  "PAGE_PAGED_OUT",
  "PAGE_DROPPED",
]);
const GAINS: ReadonlySet<string> = new Set([
  "FRAME_MAPPED",
  "PAGE_MAPPED",
  "PAGE_SWAPPED_IN",
  "PAGE_DECOMPRESSED",
  "PAGE_READ_BY_MAPPER",
  "SWAP_CACHE_HIT",
  "PAGE_PAGED_IN",
  "BALLOON_PAGE_UNPINNED",
  "SHARED_PAGE_COPIED",
]);

/** Whether a page loses or gets its content or place by an event of a type; it colours the line of the story. */
export function toneOf(type: string): "loss" | "gain" | "plain" {
  if (LOSSES.has(type)) return "loss";
  return GAINS.has(type) ? "gain" : "plain";
}
