/** What a guest's replacement does, as the documentation's table says it. */
type Algorithm = {
  /** The page that leaves. */
  readonly victim: string;
  /** What an access to a resident page changes. */
  readonly hit: string;
  /** Where a page that comes in goes. */
  readonly load: string;
};

/**
 * Every replacement algorithm of a guest, by the name that scenarios give it. The scenario's form, the random scenarios of the
 * property tests and the table in docs/machine/replacement.md derive from this; the kernel has one of each.
 */
export const REPLACEMENT_ALGORITHMS = {
  fifo: { victim: "the page loaded first", hit: "no effect", load: "goes to the end" },
  clock: {
    victim: "the first page from the hand with a clear accessed bit; the bits of pages passed are cleared",
    hit: "sets the bit",
    load: "goes behind the hand; bit `set` (default, what hardware does) or `clear` by `referenceBitOnLoad`",
  },
  lru: { victim: "exactly the least recently accessed page", hit: "goes to the end", load: "goes to the end" },
  sieve: {
    victim:
      "the first page from the hand with a clear visited bit; the hand moves from the oldest page to the newest and clears the bits it passes",
    hit: "sets the bit; the page keeps its place",
    load: "goes to the end, with a clear bit",
  },
  lfu: {
    victim: "the page with the fewest accesses since it was loaded; of several the one whose last access is longest ago",
    hit: "counts one more access",
    load: "has one access: what was counted before is forgotten",
  },
  random: { victim: "any page, each equally likely, drawn from the seed", hit: "no effect", load: "no effect" },
  opt: {
    victim:
      "the page whose next access is furthest ahead, one without any before all others: a bound, for one process whose accesses are known beforehand",
    hit: "no effect",
    load: "no effect",
  },
  "two-list": { victim: "below", hit: "sets the bit", load: "goes to the young end of its inactive list" },
} as const satisfies Readonly<Record<string, Algorithm>>;

export type Replacement = keyof typeof REPLACEMENT_ALGORITHMS;

export const REPLACEMENT_NAMES = Object.keys(REPLACEMENT_ALGORITHMS) as readonly Replacement[];
