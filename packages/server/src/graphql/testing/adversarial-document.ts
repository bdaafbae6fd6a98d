/** What the documents ask about. */
export type Subjects = {
  /** A run of many events on a small host. */
  readonly small: string;
  /** A run on a large host. */
  readonly large: string;
  readonly smallPosition: number;
  readonly largePosition: number;
};

/** One document of an adversary, at or beyond the limits, and how it is sent. */
export type AdversarialDocument = {
  readonly name: string;
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
  /** How often it is sent over one WebSocket; if not given, once over HTTP. */
  readonly timesOverWebSocket?: number;
  /** How often it is sent over HTTP simultaneously. */
  readonly timesOverHttp?: number;
};

export const times = (count: number, part: (index: number) => string, separator = " "): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(separator);

export const FRAME_FIELDS = "physicalPage owner vm realPage virtualPageName sharers isZeroed";
export const REAL_PAGE_FIELDS =
  "vm realPage physicalPage isShared isLarge swapSlot compressedBytes isOnGuestDisk isInSwapCache use process virtualPage virtualPageName description";
export const EVENT_FIELDS =
  "position type family timeNs vm process decision sentence text fields { name value shown virtualPageName kind description }";
