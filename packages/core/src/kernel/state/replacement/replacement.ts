import { Prng } from "../../../prng/index.ts";
import { LfuOrder, RANDOM_STREAM, RandomOrder, SieveOrder } from "../../../replacement/index.ts";
import type { Replacement, VmSpec } from "../../../scenario/index.ts";
import type { AccessBits } from "../access-bits.ts";
import { Clock } from "./clock.ts";
import { Fifo } from "./fifo.ts";
import { Lru } from "./lru.ts";
import { Opt } from "./opt.ts";
import { OrderedReplacement } from "./ordered-replacement.ts";
import type { ReplacementList } from "./replacement-list.ts";
import { TwoList } from "./two-list.ts";

type Create = (spec: VmSpec, accessBits: AccessBits, rng: Prng) => ReplacementList;

/** Each algorithm of `REPLACEMENT_ALGORITHMS` at work: its file here, and its line. */
const CREATORS = {
  fifo: ({ configuredPages }) => new Fifo(configuredPages),
  clock: ({ configuredPages }, accessBits) => new Clock(configuredPages, accessBits),
  lru: ({ configuredPages }) => new Lru(configuredPages),
  "two-list": ({ configuredPages, swappiness }, accessBits) => new TwoList(configuredPages, accessBits, swappiness),
  sieve: ({ configuredPages: pages }) => new OrderedReplacement(pages, new SieveOrder(pages)),
  lfu: ({ configuredPages: pages }) => new OrderedReplacement(pages, new LfuOrder(pages, pages)),
  random: ({ configuredPages: pages }, _accessBits, rng) => new OrderedReplacement(pages, new RandomOrder(pages, pages, rng)),
  opt: () => new Opt(),
} as const satisfies Readonly<Record<Replacement, Create>>;

export function createReplacement(spec: VmSpec, accessBits: AccessBits, rng: Prng): ReplacementList {
  return CREATORS[spec.replacement](spec, accessBits, rng);
}

/** Under one level that of `ballast mrc`; with several VMs one for each. */
export function replacementRandomness(seed: number, vm: number, isOneLevel: boolean): Prng {
  return Prng.named(seed, isOneLevel ? RANDOM_STREAM : `${RANDOM_STREAM}/vm-${vm}`);
}
