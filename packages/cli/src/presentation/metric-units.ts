import type { Unit } from "@ballast/core/metrics";
import { showBytes, showCount, showDuration, showPageSeconds, showRate, showRatio } from "../output/quantities.ts";

/** How the value of a metric is shown, by its unit. */
export const SHOWN_BY_UNIT: Readonly<Record<Unit, (value: number, digits?: number) => string>> = {
  count: showCount,
  pages: showCount,
  bytes: showBytes,
  pageSeconds: showPageSeconds,
  vms: showCount,
  state: showCount,
  ns: showDuration,
  ratio: showRatio,
  perSecond: showRate,
};
