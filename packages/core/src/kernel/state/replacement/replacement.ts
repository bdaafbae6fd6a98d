import type { Replacement, VmSpec } from "../../../scenario/index.ts";
import type { AccessBits } from "../access-bits.ts";
import { Clock } from "./clock.ts";
import { Fifo } from "./fifo.ts";
import { Lru } from "./lru.ts";
import type { ReplacementList } from "./replacement-list.ts";
import { TwoList } from "./two-list.ts";

type Create = (spec: VmSpec, accessBits: AccessBits) => ReplacementList;

/** Each algorithm of `REPLACEMENT_ALGORITHMS` at work: its file here, and its line. */
const CREATORS = {
  fifo: ({ configuredPages }) => new Fifo(configuredPages),
  clock: ({ configuredPages }, accessBits) => new Clock(configuredPages, accessBits),
  lru: ({ configuredPages }) => new Lru(configuredPages),
  "two-list": ({ configuredPages, swappiness }, accessBits) => new TwoList(configuredPages, accessBits, swappiness),
} as const satisfies Readonly<Record<Replacement, Create>>;

export function createReplacement(spec: VmSpec, accessBits: AccessBits): ReplacementList {
  return CREATORS[spec.replacement](spec, accessBits);
}
