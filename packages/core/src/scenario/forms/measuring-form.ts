import { MAX_NS, MAX_PAGES } from "../../reading/limits.ts";
import {
  AGE_SCAN_DEFAULTS,
  type AgeScanSpec,
  REUSE_SAMPLING_DEFAULTS,
  type ReuseSamplingSpec,
  SAMPLING_DEFAULTS,
  type SamplingSpec,
} from "../measuring-spec.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { defaulted, object } from "../../reading/object.ts";
import { duration, pageCount } from "../../reading/quantities.ts";
import type { Reader } from "../../reading/reader.ts";
import { integer, real } from "../../reading/scalars.ts";

/** Shorter periods would make more events than accesses. */
const MIN_PERIOD_NS = 1000;
const MIN_PART = 0.000_001;

const period = duration({ minimum: MIN_PERIOD_NS, maximum: MAX_NS });
const part = real({ minimum: MIN_PART, maximum: 1 });

export const samplingForm: Reader<SamplingSpec> = object({
  periodNs: defaulted(
    period,
    "Sampling period on the VM's own clock. Default: 30 s (published: ESX). Runs of a few seconds need a shorter one.",
    SAMPLING_DEFAULTS.periodNs,
  ),
  pages: defaulted(
    pageCount({ minimum: 1, maximum: MAX_PAGES }),
    "Real pages chosen at random in each period, at most the VM's configured ones. Default: 100 (published: ESX).",
    SAMPLING_DEFAULTS.pages,
  ),
  slowGain: defaulted(
    part,
    "Gain of the slow moving average, above 0 to 1. Default: 0.1 (assumed: ESX's is unpublished).",
    SAMPLING_DEFAULTS.slowGain,
  ),
  fastGain: defaulted(
    part,
    "Gain of the fast moving averages, above 0 to 1. Default: 0.5 (assumed: ESX's is unpublished).",
    SAMPLING_DEFAULTS.fastGain,
  ),
});

export const reuseSamplingForm: Reader<ReuseSamplingSpec> = object({
  rate: defaulted(
    part,
    "Fraction of a VM's real pages each access to which traps, above 0 to 1. Default: 0.01 (published: SHARDS, FAST 2015). " +
      "A size of memory below a few times 1 / rate pages is beyond what the curve can tell.",
    REUSE_SAMPLING_DEFAULTS.rate,
  ),
  maxPages: defaulted(
    byType<number | null>(
      { null: nothing, number: integer({ minimum: 1, maximum: MAX_PAGES }, "pages") },
      "a whole number of pages, or null for no bound",
    ),
    "Sampled pages of a VM at most; the rate falls as more are touched. null: no bound. Default: null (published: SHARDS has both).",
    REUSE_SAMPLING_DEFAULTS.maxPages,
  ),
  steps: defaulted(
    integer({ minimum: 1, maximum: 1024 }, ""),
    "Points of the curve, evenly from the VM's configured pages down. Default: 64 (assumed).",
    REUSE_SAMPLING_DEFAULTS.steps,
  ),
});

export const ageScanForm: Reader<AgeScanSpec> = object({
  periodNs: defaulted(
    byType<number | null>(
      { null: nothing, number: period, string: period },
      'ns, text such as "10 s", or null for the policy\'s own period',
    ),
    "Period at which accessed bits are read and pages grow older; null: the policy's own, right before it is asked. " +
      "Default: null (published: Google's far memory decides at each scan, every 120 s).",
    AGE_SCAN_DEFAULTS.periodNs,
  ),
});
