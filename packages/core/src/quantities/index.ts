/** @internal Part of Ballast itself: changes without notice. How numbers are rounded for people: on terminals, in reports and on the page. */
export type { Unit } from "../metrics/index.ts";
export { halfWidthText, type Show, SHOWN_BY_UNIT, showMean } from "./metric-text.ts";
export { showBytes, showColumn, showCount, showDuration, showExactTime, showPageSeconds, showRate, showRatio } from "./quantities.ts";
