import { nsFromMs, type NumberParameter, periodMs, type ValuesOf } from "@ballast/core/policy";

const REPORTING = "Linux, mm/page_reporting.c";

const order: NumberParameter = {
  type: "integer",
  unit: "order",
  default: 9,
  minimum: 0,
  maximum: 10,
  description: "Blocks of 2^order pages are reported, aligned to their size; 9 makes 2 MiB.",
  source: `${REPORTING}: page_reporting_order, which is the order of a page block, 9 on x86-64`,
  confidence: "published",
};

const delayMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 2000,
  minimum: 0,
  maximum: 3_600_000,
  description: "Time from a block's being free to its report.",
  source: `${REPORTING}: PAGE_REPORTING_DELAY, 2 s`,
  confidence: "published",
};

const blocksAtOnce: NumberParameter = {
  type: "integer",
  unit: "blocks",
  default: 32,
  minimum: 1,
  maximum: 1024,
  description: "Blocks in one report at most.",
  source: `${REPORTING}: PAGE_REPORTING_CAPACITY`,
  confidence: "published",
};

const lookMs: NumberParameter = {
  ...periodMs,
  minimum: 0.1,
  description: "Simulated time between two looks for VMs that have started.",
  source: "a guest negotiates reporting when its driver starts",
};

export const parameters = { order, delayMs, blocksAtOnce, periodMs: lookMs };

/** What is asked of a guest's driver. */
export type Blocks = { readonly order: number; readonly delayNs: number; readonly blocksAtOnce: number };

export function readBlocks({ order: blockOrder, delayMs: delay, blocksAtOnce: blocks }: ValuesOf<typeof parameters>): Blocks {
  return { order: blockOrder, delayNs: nsFromMs(delay), blocksAtOnce: blocks };
}
